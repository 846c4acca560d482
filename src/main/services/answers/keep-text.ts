import type { MessageId } from "#shared/schema/ids.ts";
import type { Storage } from "../storage/storage.ts";

/** Streamed text reaches the disk in batches; a lost host loses at most so much (bar B26: 2 seconds). */
const BATCH_MILLISECONDS = 500;

/** Writes an answer's text to the store in batches, one at a time. `flush` resolves when all of it is on disk. */
export function keepText(storage: Storage, messageId: MessageId) {
    let waiting = "";
    let timer: NodeJS.Timeout | undefined;
    let writing = Promise.resolve();
    let failure: unknown;
    const write = () => {
        clearTimeout(timer);
        timer = undefined;
        const batch = waiting;
        waiting = "";
        if (batch === "") return;
        writing = writing
            .then(() => storage.chats.appendText(messageId, batch))
            .catch((error: unknown) => {
                // Kept for the next try: a full disk must not lose what was written.
                waiting = batch + waiting;
                failure = error;
            });
    };
    return {
        add(text: string) {
            waiting += text;
            timer ??= setTimeout(write, BATCH_MILLISECONDS);
        },
        async flush() {
            failure = undefined;
            write();
            await writing;
            if (failure !== undefined) throw failure;
        },
    };
}
