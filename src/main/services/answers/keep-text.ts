import type { MessageId } from "#shared/schema/ids.ts";
import type { Storage } from "../storage/storage.ts";

/** Streamed text reaches the disk in batches; a lost host loses at most so much (bar B26: 2 seconds). */
const BATCH_MILLISECONDS = 500;

/** Writes an answer's text to the store in batches, one at a time. `flush` resolves when all of it is on disk, or throws. */
export function keepText(storage: { chats: Pick<Storage["chats"], "appendText"> }, messageId: MessageId) {
    let waiting = "";
    let timer: NodeJS.Timeout | undefined;
    let writing: Promise<void> = Promise.resolve();
    const write = async () => {
        const batch = waiting;
        waiting = "";
        if (batch === "") return;
        try {
            await storage.chats.appendText(messageId, batch);
        } catch (error) {
            // Kept for the next try, before what came meanwhile: a full disk must not lose what was written.
            waiting = batch + waiting;
            throw error;
        }
    };
    /** After the batch before it, whatever became of that one. */
    const writeNext = () => {
        clearTimeout(timer);
        timer = undefined;
        writing = writing.catch(() => undefined).then(write);
        return writing;
    };
    return {
        add(text: string) {
            waiting += text;
            timer ??= setTimeout(() => void writeNext().catch(() => undefined), BATCH_MILLISECONDS);
        },
        flush: writeNext,
    };
}
