import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { AnswerEvent } from "../schema/answer.ts";
import { ChatId, MessageId, ModelId } from "../schema/ids.ts";
import { Message } from "../schema/chat.ts";
import { procedure } from "./procedure.ts";
import { Text } from "./text.ts";

export const answers = {
    /**
     * Stores the prompt, then starts an answer and returns both messages at once. Loads `modelId` first if it is not
     * the loaded one; null takes the loaded one, else the last used, else the starter. Fails with ENGINE_BUSY while
     * another answer is written.
     */
    start: procedure
        .input(
            z.object({
                chatId: ChatId,
                text: Text.min(1),
                modelId: ModelId.nullable().default(null),
            }),
        )
        .output(z.object({ question: Message, answer: Message })),
    /** The answer from `fromOffset` (UTF-16 units) on, then live to its end. Text not yet read is merged. */
    follow: procedure
        .input(z.object({ messageId: MessageId, fromOffset: z.number().int().nonnegative().default(0) }))
        .output(eventIterator(AnswerEvent)),
    /** Ends it within 300 milliseconds, while reading the prompt too; keeps what was written. */
    stop: procedure.input(z.object({ messageId: MessageId })).output(z.object({})),
};
