import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { HeaderFault } from "#shared/schema/failure.ts";

/** Bytes that can be read from any place: a file, a range of a remote one, a buffer. */
export type ByteSource = {
    sizeBytes: number;
    /** Exactly `length` bytes from `offset`, or fewer at the end. Never asked beyond `sizeBytes`. */
    read(offset: number, length: number): Promise<Uint8Array>;
    close(): Promise<void>;
};

export const bufferSource = (bytes: Uint8Array): ByteSource => ({
    sizeBytes: bytes.byteLength,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
    close: () => Promise.resolve(),
});

/**
 * A regular file, or why it is none. Opened without waiting, so that a pipe cannot hang; devices, sockets, folders and links
 * to them are told by what was opened, not by name.
 */
export async function openFileSource(filePath: string): Promise<ByteSource | { fault: HeaderFault; detail: string }> {
    let handle: FileHandle;
    try {
        handle = await open(filePath, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    } catch (error) {
        const code = String((error as NodeJS.ErrnoException).code);
        return code === "EISDIR" || code === "ENXIO"
            ? { fault: "not-a-file", detail: code }
            : { fault: "unreadable", detail: code };
    }
    try {
        const found = await handle.stat();
        if (!found.isFile()) {
            await handle.close();
            return { fault: "not-a-file", detail: found.isDirectory() ? "a folder" : "a pipe or a device" };
        }
        return {
            sizeBytes: found.size,
            async read(offset, length) {
                const buffer = Buffer.allocUnsafe(length);
                const { bytesRead } = await handle.read(buffer, 0, length, offset);
                return buffer.subarray(0, bytesRead);
            },
            close: () => handle.close(),
        };
    } catch (error) {
        await handle.close();
        return { fault: "unreadable", detail: String((error as NodeJS.ErrnoException).code) };
    }
}

/** A remote file read by ranges. `get` is the host's own fetch; a server that ignores the range is refused. */
export function rangeSource(
    sizeBytes: number,
    get: (first: number, last: number) => Promise<{ status: number; bytes: Uint8Array }>,
): ByteSource {
    return {
        sizeBytes,
        async read(offset, length) {
            const { status, bytes } = await get(offset, offset + length - 1);
            if (status !== 206 || bytes.byteLength > length) throw new Error("the server does not send ranges");
            return bytes;
        },
        close: () => Promise.resolve(),
    };
}
