import type { ByteSource } from "./byte-source.ts";
import { createCursor } from "./cursor.ts";
import { type Metadata, readMetadata } from "./metadata.ts";
import { Refusal } from "./refusal.ts";
import { checkPlaces, readTensors, type Tensor } from "./tensors.ts";

/** A header that holds together: every count, length and offset was compared with the file. */
export type Header = { version: number; metadata: Metadata; tensors: Tensor[]; headerBytes: number; sizeBytes: number };

const MAGIC = "GGUF";
const LEAST_HEADER_BYTES = 24;
const LIMIT_MILLISECONDS = 1000;

/** First bytes of formats that are often taken for a model file. */
const foreign: readonly (readonly [bytes: string, name: string])[] = [
    ["FUGG", "a GGUF file of a big-endian computer"],
    ["ggml", "an old GGML file"],
    ["lmgg", "an old GGML file"],
    ["fmgg", "an old GGMF file"],
    ["tjgg", "an old GGJT file"],
    ["PK\u0003\u0004", "a zip archive or a PyTorch file"],
    ["\u0080\u0002", "a Python pickle"],
    ["\u0080\u0003", "a Python pickle"],
    ["\u0080\u0004", "a Python pickle"],
    ["\u0080\u0005", "a Python pickle"],
    ["\u001f\u008b", "a gzip archive"],
    ["\u007fELF", "a program"],
    ["MZ", "a program"],
    ["<", "a web page"],
    ["vers", "a Git LFS pointer, not the file itself"],
    ["{", "a text file"],
];

function nameForeign(start: Uint8Array): string {
    const text = String.fromCharCode(...start.subarray(0, 16));
    // A safetensors file begins with the length of its JSON.
    if (text.charCodeAt(8) === 0x7b) return "a safetensors file";
    return foreign.find(([bytes]) => text.startsWith(bytes))?.[1] ?? "another format";
}

/**
 * Reads and checks the header of a GGUF file, version 2 or 3, within a second and 64 MiB. Throws Refusal for every way a
 * header can be wrong; `signal` stops it.
 */
export async function parseHeader(source: ByteSource, signal?: AbortSignal): Promise<Header> {
    const begun = performance.now();
    const check = () => {
        if (signal?.aborted) throw new Refusal("stopped", "");
        if (performance.now() - begun > LIMIT_MILLISECONDS)
            throw new Refusal("too-slow", `over ${LIMIT_MILLISECONDS} ms`);
    };
    check();
    if (source.sizeBytes === 0) throw new Refusal("empty", "");
    const start = Uint8Array.from(await source.read(0, Math.min(source.sizeBytes, LEAST_HEADER_BYTES), signal));
    const magic = String.fromCharCode(...start.subarray(0, 4));
    if (!MAGIC.startsWith(magic.slice(0, start.byteLength))) {
        if (magic === "FUGG") throw new Refusal("big-endian", nameForeign(start));
        throw new Refusal("foreign-format", nameForeign(start));
    }
    const cursor = createCursor(source, check, signal);
    cursor.skip(4, "the magic");
    const version = await cursor.u32("the version");
    // A version that only makes sense backwards was written by a big-endian computer.
    if (version === 0x02000000 || version === 0x03000000)
        throw new Refusal("big-endian", "a GGUF file of a big-endian computer");
    if (version !== 2 && version !== 3) throw new Refusal("unsupported-version", String(version));
    const tensorCount = await cursor.u64("the number of tensors");
    const keyCount = await cursor.u64("the number of keys");
    const metadata = await readMetadata(cursor, keyCount);
    const alignment = metadata.get("general.alignment") ?? 32;
    if (
        typeof alignment !== "number" ||
        !Number.isInteger(alignment) ||
        alignment < 8 ||
        alignment > 65_536 ||
        (alignment & (alignment - 1)) !== 0
    )
        throw new Refusal("bad-alignment", "general.alignment");
    const tensors = await readTensors(cursor, tensorCount, alignment);
    const headerBytes = cursor.position();
    check();
    checkPlaces(tensors, alignment, Math.ceil(headerBytes / alignment) * alignment, source.sizeBytes);
    return { version, metadata, tensors, headerBytes, sizeBytes: source.sizeBytes };
}
