import type { WebSocket } from "ws";

/** Small enough that a ping, and the next stream's event, never wait long behind it on a slow line. */
const FRAGMENT_BYTES = 64 * 2 ** 10;
/** Replies that may wait: far above the longest conversation. Streams wait where they are made, one event each. */
const MOST_WAITING_BYTES = 64 * 2 ** 20;

type Waiting = { bytes: Buffer; isText: boolean; sent: () => void };

/**
 * Sends one message after the other, in fragments, each when the one before has left this process. `send` resolves when its
 * message has: oRPC takes the next event of a stream only then, so that what a slow reader has not taken waits where it is
 * merged. `onProgress` is called whenever something left; `onOverflow` when more than 64 MiB wait.
 */
export function createSendQueue(
    socket: WebSocket,
    { onProgress, onOverflow }: { onProgress: () => void; onOverflow: () => void },
): (data: string | Uint8Array) => Promise<void> {
    const waiting: Waiting[] = [];
    let waitingBytes = 0;
    let isSending = false;

    const sendFragment = (part: Buffer, options: { binary: boolean; fin: boolean }): Promise<void> =>
        new Promise((resolve) => socket.send(part, { ...options, compress: false }, () => resolve()));

    const pump = async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
            const { bytes, isText, sent } = next;
            for (let at = 0; at === 0 || at < bytes.length; at += FRAGMENT_BYTES) {
                // Whoever waits for a line that is gone is let go; oRPC ends its streams by itself.
                if (socket.readyState !== socket.OPEN) break;
                const end = at + FRAGMENT_BYTES;
                await sendFragment(bytes.subarray(at, end), { binary: !isText, fin: end >= bytes.length });
                onProgress();
            }
            waitingBytes -= bytes.length;
            sent();
        }
        isSending = false;
    };

    return (data) =>
        new Promise((resolve) => {
            if (socket.readyState !== socket.OPEN) return resolve();
            const isText = typeof data === "string";
            const bytes = isText ? Buffer.from(data) : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
            waiting.push({ bytes, isText, sent: resolve });
            waitingBytes += bytes.length;
            if (waitingBytes > MOST_WAITING_BYTES) onOverflow();
            if (isSending) return;
            isSending = true;
            void pump();
        });
}
