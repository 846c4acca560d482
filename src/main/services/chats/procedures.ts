import type { Services } from "../../door.ts";
import type { Storage } from "../storage/storage.ts";

/** Chats, straight from the store: every one of these is a transaction there. */
export function chatsProcedures({ chats }: Storage): Services["chats"] {
    return {
        list: ({ limit }) => chats.list(limit),
        get: ({ chatId }) => chats.get(chatId),
        create: () => chats.create(),
        rename: ({ chatId, title }) => chats.rename(chatId, title),
        async remove({ chatId }) {
            await chats.remove(chatId);
            return {};
        },
        restore: ({ chatId }) => chats.restore(chatId),
        async saveDraft({ chatId, text }) {
            await chats.saveDraft(chatId, text);
            return {};
        },
    };
}
