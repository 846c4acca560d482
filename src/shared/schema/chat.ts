import { z } from "zod";
import { AnswerStatistics, PredictedSpeed } from "./answer.ts";
import { FailureSchema } from "./failure.ts";
import { ChatId, MessageId, ModelId } from "./ids.ts";

export const ChatSummary = z.object({
    id: ChatId,
    title: z.string().max(200),
    /** Milliseconds since 1970, for display only; order is by sequence. */
    updatedAt: z.number(),
    messageCount: z.number().int().nonnegative(),
    modelName: z.string().max(200).nullable(),
});
export type ChatSummary = z.infer<typeof ChatSummary>;

/** `failed` and `cut` keep what was written so far. `cut`: Hearth itself ended while it was being written. */
export const MessageState = z.enum(["complete", "writing", "stopped", "failed", "cut"]);
export type MessageState = z.infer<typeof MessageState>;

export const Message = z.object({
    id: MessageId,
    chatId: ChatId,
    /** Order within everything ever stored; the clock plays no part. */
    sequence: z.number().int().positive(),
    role: z.enum(["user", "assistant"]),
    text: z.string(),
    state: MessageState,
    createdAt: z.number(),
    modelId: ModelId.nullable(),
    modelName: z.string().max(200).nullable(),
    statistics: AnswerStatistics.nullable(),
    /** Of an answer; null where nothing could be predicted. */
    predicted: PredictedSpeed.nullable(),
    failure: FailureSchema.nullable(),
});
export type Message = z.infer<typeof Message>;

export const Chat = z.object({ summary: ChatSummary, draft: z.string(), messages: z.array(Message) });
export type Chat = z.infer<typeof Chat>;

/** One turn as the engine is given it. */
export const Turn = z.object({ role: z.enum(["system", "user", "assistant"]), text: z.string() });
export type Turn = z.infer<typeof Turn>;
