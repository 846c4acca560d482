import type { Cursor } from "./cursor.ts";
import { cleanText, Refusal } from "./refusal.ts";
import { tensorBytes, tensorTypeName } from "./tensor-size.ts";

export type Tensor = { name: string; type: string; bytes: number; dimensions: number[]; offset: number };

const MOST_TENSORS = 65_536;
/** ggml's GGML_MAX_NAME, its end mark counted. */
const MOST_NAME_BYTES = 63;
const MOST_DIMENSIONS = 4;
/** 4 TiB, far beyond any published model: more is a wrong number, not a cut file. */
const MOST_FILE_BYTES = 2 ** 42;
/** Bytes that the smallest entry of the directory takes. */
const LEAST_ENTRY_BYTES = 8 + 4 + 8 + 4 + 8;

/** The tensor directory, with the exact bytes of each tensor. */
export async function readTensors(cursor: Cursor, count: number, alignment: number): Promise<Tensor[]> {
    if (count > MOST_TENSORS) throw new Refusal("too-many-tensors", String(count));
    cursor.requireBytes(count * LEAST_ENTRY_BYTES, `${count} tensors`);
    const tensors: Tensor[] = [];
    const names = new Set<string>();
    for (let index = 0; index < count; index++) {
        const name = await cursor.text("a tensor's name", MOST_NAME_BYTES);
        if (typeof name !== "string" || name === "") throw new Refusal("bad-tensor", `name of tensor ${index}`);
        if (names.has(name)) throw new Refusal("duplicate-tensor", name);
        names.add(name);
        const shown = cleanText(name, 64);
        const dimensionCount = await cursor.u32(shown);
        if (dimensionCount < 1 || dimensionCount > MOST_DIMENSIONS)
            throw new Refusal("bad-tensor", `${shown} has ${dimensionCount} dimensions`);
        const dimensions: number[] = [];
        for (let axis = 0; axis < dimensionCount; axis++) dimensions.push(await cursor.u64(shown));
        if (dimensions.some((dimension) => dimension < 1))
            throw new Refusal("bad-tensor", `${shown} has an empty dimension`);
        const typeNumber = await cursor.u32(shown);
        const type = tensorTypeName(typeNumber);
        if (type === null) throw new Refusal("unknown-tensor-type", `${shown} has type ${typeNumber}`);
        const offset = await cursor.u64(shown);
        if (offset % alignment !== 0) throw new Refusal("bad-alignment", shown);
        const bytes = tensorBytes(typeNumber, dimensions);
        if (bytes === null) throw new Refusal("bad-tensor", `${shown} has rows of ${dimensions[0]}`);
        tensors.push({ name, type, bytes, dimensions, offset });
    }
    return tensors;
}

/**
 * Every tensor begins where the one before it ended, padded, as llama.cpp demands, and lies inside the file: what the engine
 * maps must be there (security.md rule 2).
 */
export function checkPlaces(tensors: Tensor[], alignment: number, dataStart: number, sizeBytes: number): void {
    let expected = 0;
    let last = 0;
    for (const { name, offset, bytes } of tensors) {
        const shown = cleanText(name, 64);
        if (offset < expected) throw new Refusal("overlapping-tensors", shown);
        if (offset + bytes > MOST_FILE_BYTES) throw new Refusal("tensor-outside-file", shown);
        if (offset > expected)
            throw new Refusal(dataStart + offset > sizeBytes ? "tensor-outside-file" : "bad-tensor", `${shown}: a gap`);
        last = offset + bytes;
        expected = Math.ceil(last / alignment) * alignment;
    }
    if (dataStart + last > sizeBytes) throw new Refusal("cut-off", "the last tensors", dataStart + last - sizeBytes);
}
