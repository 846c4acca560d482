import { z } from "zod";
import { Chat, ChatSummary } from "../schema/chat.ts";
import { ChatId } from "../schema/ids.ts";
import { procedure } from "./procedure.ts";
import { Text } from "./text.ts";

const one = z.object({ chatId: ChatId });

export const chats = {
    /** Newest first. */
    list: procedure
        .input(z.object({ limit: z.number().int().min(1).max(10_000).default(500) }))
        .output(z.array(ChatSummary)),
    get: procedure.input(one).output(Chat),
    create: procedure.output(ChatSummary),
    rename: procedure.input(one.extend({ title: z.string().trim().min(1).max(200) })).output(ChatSummary),
    /** Hides it at once; `restore` brings it back until the next start of Hearth after 10 seconds at the earliest. */
    remove: procedure.input(one).output(z.object({})),
    restore: procedure.input(one).output(ChatSummary),
    /** Keeps unsent text; on disk when it resolves. */
    saveDraft: procedure.input(one.extend({ text: Text })).output(z.object({})),
};
