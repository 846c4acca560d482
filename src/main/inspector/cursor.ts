import type { ByteSource } from "./byte-source.ts";
import { Refusal } from "./refusal.ts";

const CHUNK_BYTES = 256 * 1024;
/** A text that is too long to keep, and where it lies in the source; chat templates are such. */
export type LongText = { offsetBytes: number; lengthBytes: number };

/** Longest text that is kept; longer ones are stepped over. */
const MOST_TEXT_BYTES = 4096;
/** llama.cpp's own limit for a text and for a list. */
const MOST_LENGTH = 2 ** 30;
/** A vocabulary has a few empty tokens; a hole in the file reads as millions of them. */
const MOST_EMPTY_IN_A_ROW = 4096;
/** Beyond this the missing bytes are no cut but a wrong number, and nobody is helped by reading it. */
const MOST_MISSING_BYTES = 2 ** 42;

/**
 * Reads a header front to back in chunks. Every length is compared with what is left of the source before a byte is asked
 * for or reserved, so no count in the file can cost memory. Throws Refusal; `check` is called before each read.
 */
export function createCursor(source: ByteSource, check: () => void, signal?: AbortSignal) {
    let chunk: Uint8Array = new Uint8Array(0);
    let view: DataView = new DataView(new ArrayBuffer(0));
    let chunkStart = 0;
    let position = 0;
    const decoder = new TextDecoder("utf-8", { fatal: false });

    const left = () => source.sizeBytes - position;
    const requireBytes = (length: number, what: string) => {
        const missing = length - left();
        if (missing > 0)
            throw new Refusal("cut-off", `${what} at byte ${position}`, missing > MOST_MISSING_BYTES ? null : missing);
    };
    const isHere = (length: number) => position >= chunkStart && position + length <= chunkStart + chunk.byteLength;
    const load = async (length: number, what: string) => {
        requireBytes(length, what);
        check();
        chunk = await source.read(position, Math.min(left(), Math.max(length, CHUNK_BYTES)), signal);
        view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
        chunkStart = position;
        // The file became shorter while it was read.
        if (chunk.byteLength < length) throw new Refusal("cut-off", what, length - chunk.byteLength);
    };
    /** Steps over `length` bytes of the chunk; gives where they begin in it. */
    const take = (length: number): number => {
        const at = position - chunkStart;
        position += length;
        return at;
    };
    /** Makes `length` bytes available and steps over them; at most a chunk. */
    const fill = async (length: number, what: string): Promise<number> => {
        if (!isHere(length)) await load(length, what);
        return take(length);
    };
    /** A length or place as a safe integer; what is larger is larger than any file. */
    const toNumber = (value: bigint, what: string): number => {
        if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Refusal("cut-off", `${what} is larger than any file`);
        return Number(value);
    };
    /** `view` is looked up after the wait: filling may replace it. */
    const scalar = async <Value>(bytes: number, what: string, read: (view: DataView, at: number) => Value) => {
        const at = await fill(bytes, what);
        return read(view, at);
    };
    const u64 = async (what: string): Promise<number> =>
        toNumber(await scalar(8, what, (bytes, at) => bytes.getBigUint64(at, true)), what);
    const textLength = async (what: string): Promise<number> => {
        const length = await u64(what);
        if (length > MOST_LENGTH) throw new Refusal("string-too-long", `${what}: ${length} bytes`);
        requireBytes(length, what);
        return length;
    };

    return {
        position: () => position,
        left,
        requireBytes,
        u32: (what: string) => scalar(4, what, (bytes, at) => bytes.getUint32(at, true)),
        u64,
        /** A scalar of `bytes` bytes, read by `read`. */
        scalar,
        /** Steps over bytes without reading them. */
        skip(length: number, what: string) {
            requireBytes(length, what);
            position += length;
        },
        /** The length of a list, at most what llama.cpp takes and what is left of the source. */
        async listLength(what: string, leastBytesEach: number): Promise<number> {
            const length = await u64(what);
            if (length > MOST_LENGTH) throw new Refusal("array-too-long", `${what}: ${length} entries`);
            requireBytes(length * leastBytesEach, what);
            return length;
        },
        /** Text of a length that stands before it; only its place where it is longer than what is kept. */
        async text(what: string, mostBytes = MOST_TEXT_BYTES): Promise<string | LongText> {
            const length = await textLength(what);
            if (length > mostBytes) {
                position += length;
                return { offsetBytes: position - length, lengthBytes: length };
            }
            const at = await fill(length, what);
            return decoder.decode(chunk.subarray(at, at + length));
        },
        /**
         * Steps over `count` texts without keeping them: within a chunk without waiting, since vocabularies have hundreds of
         * thousands. `look` sees each text's bytes, or null where they are not at hand.
         */
        async skipTexts(
            count: number,
            what: string,
            look: (length: number, bytes: DataView | null, at: number) => void,
        ) {
            let emptyInARow = 0;
            for (let index = 0; index < count; index++) {
                if (!isHere(8)) await load(8, what);
                const at = take(8);
                const length = view.getUint32(at, true);
                if (view.getUint32(at + 4, true) !== 0 || length > MOST_LENGTH)
                    throw new Refusal("string-too-long", `${what}[${index}]`);
                emptyInARow = length === 0 ? emptyInARow + 1 : 0;
                if (emptyInARow > MOST_EMPTY_IN_A_ROW) throw new Refusal("array-too-long", `${what} holds nothing`);
                if (!isHere(length)) {
                    requireBytes(length, `${what}[${index}]`);
                    // A short text that straddles two chunks is looked at too.
                    if (length <= CHUNK_BYTES) await load(length, what);
                }
                look(length, isHere(length) ? view : null, position - chunkStart);
                position += length;
            }
        },
    };
}
export type Cursor = ReturnType<typeof createCursor>;
