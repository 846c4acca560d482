import { constants } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import type { HeaderFault } from "#shared/schema/failure.ts";

/** Bytes that can be read from any place: a file, a range of a remote one, a buffer. */
export type ByteSource = {
    sizeBytes: number;
    /**
     * Exactly `length` bytes from `offset`, or fewer where the source ends early. Never asked beyond `sizeBytes`.
     * What it gives is valid until the next call.
     */
    read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array>;
    close(): Promise<void>;
};

/** A source over bytes in memory. */
export const bufferSource = (bytes: Uint8Array): ByteSource => ({
    sizeBytes: bytes.byteLength,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
    close: () => Promise.resolve(),
});

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code ?? "unknown");

/**
 * A regular file, or why it is none. Devices are not opened at all; the second look, at what was opened, is for a name that
 * changed its meaning in between, and opening without waiting keeps a pipe from hanging.
 */
export async function openFileSource(filePath: string): Promise<ByteSource | { fault: HeaderFault; detail: string }> {
    let handle: FileHandle | undefined;
    try {
        if (!(await stat(filePath)).isFile()) return { fault: "not-a-file", detail: "a folder, a pipe or a device" };
        const opened = await open(filePath, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
        handle = opened;
        const found = await opened.stat();
        if (!found.isFile()) {
            await opened.close();
            return { fault: "not-a-file", detail: "a folder, a pipe or a device" };
        }
        return fileSource(opened, found.size);
    } catch (error) {
        await handle?.close();
        return { fault: "unreadable", detail: codeOf(error) };
    }
}

function fileSource(handle: FileHandle, sizeBytes: number): ByteSource {
    let buffer = Buffer.alloc(0);
    return {
        sizeBytes,
        async read(offset, length) {
            if (buffer.byteLength < length) buffer = Buffer.allocUnsafeSlow(length);
            let filled = 0;
            // A network folder may give less than was asked for without being at its end.
            while (filled < length) {
                const { bytesRead } = await handle.read(buffer, filled, length - filled, offset + filled);
                if (bytesRead === 0) break;
                filled += bytesRead;
            }
            return buffer.subarray(0, filled);
        },
        close: () => handle.close(),
    };
}

/** As much of fetch as ranges need, so that the caller decides what may be reached. */
export type RangeFetch = (init: { headers: Record<string, string>; signal?: AbortSignal }) => Promise<{
    status: number;
    headers: { get(name: string): string | null };
    body: AsyncIterable<Uint8Array> | null;
}>;

/**
 * A remote file read by ranges. Throws where the server ignores the range, sends another one, or names another size than
 * `sizeBytes`: the file changed while it was read. Never takes more than was asked for.
 */
export function rangeSource(sizeBytes: number, fetchRange: RangeFetch): ByteSource {
    return {
        sizeBytes,
        async read(offset, length, signal) {
            const last = offset + length - 1;
            const response = await fetchRange({
                headers: { range: `bytes=${offset}-${last}`, "accept-encoding": "identity" },
                ...(signal && { signal }),
            });
            const range = response.headers.get("content-range");
            if (response.status !== 206) throw new Error(`the server answered ${response.status} to a range`);
            if (range !== `bytes ${offset}-${last}/${sizeBytes}`) throw new Error("the server sent another range");
            const bytes = new Uint8Array(length);
            let filled = 0;
            for await (const part of response.body ?? []) {
                if (filled + part.byteLength > length) throw new Error("the server sent more than it was asked for");
                bytes.set(part, filled);
                filled += part.byteLength;
            }
            return bytes.subarray(0, filled);
        },
        close: () => Promise.resolve(),
    };
}
