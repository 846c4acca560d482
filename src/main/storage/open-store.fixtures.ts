import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { ChatId } from "#shared/schema/ids.ts";
import { ModelId } from "#shared/schema/ids.ts";
import { createChats } from "./chats.ts";
import { openStore } from "./open-store.ts";

export const starter = ModelId.parse("starter");

export function createFolder(): { folder: string; file: string; remove(): void } {
    const folder = mkdtempSync(path.join(os.tmpdir(), "hearth-storage-"));
    return { folder, file: path.join(folder, "hearth.db"), remove: () => rmSync(folder, { recursive: true }) };
}

/** A profile with chats of a few exchanges each, closed as it should be. */
export function fill(folder: string, chatCount: number): ChatId[] {
    const { database } = openStore(folder, new Date());
    const chats = createChats(database, Date.now);
    const ids = database.transaction(() =>
        Array.from({ length: chatCount }, (_, index) => {
            const { id } = chats.create();
            for (let turn = 0; turn < 3; turn++) {
                const exchange = { chatId: id, modelId: starter, modelName: "SmolLM2 135M", predicted: null };
                const { answer } = chats.addExchange({ ...exchange, text: `question ${index}.${turn}` });
                chats.appendText({ messageId: answer.id, text: `answer ${index}.${turn} ${"word ".repeat(60)}` });
                chats.finishAnswer({ messageId: answer.id, state: "complete", statistics: null, failure: null });
            }
            return id;
        }),
    );
    database.close();
    return ids;
}

/** How many chats can be listed and read to the end, and how many messages they hold. */
export function count(folder: string): { codes: string[]; chats: number; messages: number; integrity: unknown } {
    const { database, notices } = openStore(folder, new Date("2026-01-02T03:04:05.678Z"));
    try {
        const chats = createChats(database, Date.now);
        const list = chats.list({ limit: 1000 });
        const messages = list.flatMap(({ id }) => chats.get({ chatId: id }).messages);
        return {
            codes: notices.map(({ code }) => code),
            chats: list.length,
            messages: messages.length,
            integrity: database.one("pragma integrity_check")?.["integrity_check"],
        };
    } finally {
        database.close();
    }
}
