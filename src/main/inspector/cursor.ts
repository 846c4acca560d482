import type { ByteSource } from "./byte-source.ts";
import { Refusal } from "./refusal.ts";

const CHUNK_BYTES = 256 * 1024;
/** Largest text that is kept; longer values are stepped over (a chat template has tens of kilobytes). */
const MOST_TEXT_BYTES = 2 * 2 ** 20;

/**
 * Reads a header front to back in chunks. Every length is compared with what is left of the source before a byte is asked
 * for or reserved, so no count in the file can cost memory.
 */
export function createCursor(source: ByteSource, check: () => void) {
    let chunk: Uint8Array = new Uint8Array(0);
    let view: DataView = new DataView(new ArrayBuffer(0));
    let chunkStart = 0;
    let position = 0;
    const decoder = new TextDecoder("utf-8", { fatal: false });

    const left = () => source.sizeBytes - position;
    const requireBytes = (length: number, what: string) => {
        if (length > left()) throw new Refusal("cut-off", `${what} at byte ${position}`, length - left());
    };
    /** Makes `length` bytes available at the position; `length` is at most MOST_TEXT_BYTES. */
    const fill = async (length: number, what: string): Promise<number> => {
        requireBytes(length, what);
        if (position < chunkStart || position + length > chunkStart + chunk.byteLength) {
            check();
            const wanted = Math.min(left(), Math.max(length, CHUNK_BYTES));
            chunk = await source.read(position, wanted);
            view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
            chunkStart = position;
            // The file became shorter while it was read.
            if (chunk.byteLength < length) throw new Refusal("cut-off", what, length - chunk.byteLength);
        }
        const at = position - chunkStart;
        position += length;
        return at;
    };
    const u64 = async (what: string): Promise<number> => {
        const at = await fill(8, what);
        const value = view.getBigUint64(at, true);
        if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Refusal("cut-off", `${what} is larger than any file`);
        return Number(value);
    };

    return {
        position: () => position,
        left,
        requireBytes,
        async u32(what: string): Promise<number> {
            const at = await fill(4, what);
            return view.getUint32(at, true);
        },
        u64,
        /** A scalar of `bytes` bytes, read by `take`. */
        scalar: async <Value>(
            bytes: number,
            what: string,
            take: (view: DataView, at: number) => Value,
        ): Promise<Value> => {
            const at = await fill(bytes, what);
            return take(view, at);
        },
        /** Steps over bytes without reading them. */
        skip(length: number, what: string) {
            requireBytes(length, what);
            position += length;
        },
        /** Text of a length that stands before it; null where it is too long to keep. */
        async text(what: string, mostBytes = MOST_TEXT_BYTES): Promise<string | null> {
            const length = await u64(`the length of ${what}`);
            requireBytes(length, what);
            if (length > mostBytes) {
                position += length;
                return null;
            }
            const at = await fill(length, what);
            return decoder.decode(chunk.subarray(at, at + length));
        },
    };
}
export type Cursor = ReturnType<typeof createCursor>;
