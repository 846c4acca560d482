import type { Cursor } from "./cursor.ts";
import { cleanText, Refusal } from "./refusal.ts";
import { tensorBytes, tensorTypeName } from "./tensor-size.ts";

export type Tensor = { name: string; type: string; bytes: number; dimensions: number[]; offset: number };

const MOST_TENSORS = 65_536;
/** ggml's GGML_MAX_NAME, its end mark counted. */
const MOST_NAME_BYTES = 63;
const MOST_DIMENSIONS = 4;
/** Bytes that the smallest entry of the directory takes. */
const LEAST_ENTRY_BYTES = 8 + 4 + 8 + 4 + 8;

/** The tensor directory, with the exact bytes of each tensor. */
export async function readTensors(cursor: Cursor, count: number, alignment: number): Promise<Tensor[]> {
    if (count > MOST_TENSORS) throw new Refusal("too-many-tensors", String(count));
    if (count * LEAST_ENTRY_BYTES > cursor.left())
        throw new Refusal("cut-off", `${count} tensors`, count * LEAST_ENTRY_BYTES - cursor.left());
    const tensors: Tensor[] = [];
    const names = new Set<string>();
    for (let index = 0; index < count; index++) {
        const name = await cursor.text("a tensor's name", MOST_NAME_BYTES);
        if (name === null || name === "") throw new Refusal("bad-tensor", `name of tensor ${index}`);
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

/** Every tensor lies inside the file and on no other: what the engine maps must be there (security.md rule 2). */
export function checkPlaces(tensors: Tensor[], dataStart: number, sizeBytes: number): void {
    let end = 0;
    for (const tensor of tensors.toSorted((a, b) => a.offset - b.offset)) {
        const name = cleanText(tensor.name, 64);
        if (tensor.offset < end) throw new Refusal("overlapping-tensors", name);
        end = tensor.offset + tensor.bytes;
        if (!Number.isSafeInteger(dataStart + end)) throw new Refusal("tensor-outside-file", name);
        if (dataStart + end > sizeBytes) throw new Refusal("cut-off", name, missing(tensors, dataStart, sizeBytes));
    }
}

function missing(tensors: Tensor[], dataStart: number, sizeBytes: number): number {
    const last = tensors.reduce((end, { offset, bytes }) => Math.max(end, offset + bytes), 0);
    return Math.min(Number.MAX_SAFE_INTEGER, dataStart + last - sizeBytes);
}
