/** The one writer of GGUF files: sound ones, also with weights that run, and, by its overrides, ones that lie. */
import type { ByteSource } from "./byte-source.ts";
import { tensorBytes } from "./tensor-size.ts";

export type Value = { type: number; body: Buffer };
export type TensorEntry = {
    name: string;
    dimensions: (number | bigint)[];
    type: number;
    /** Where the directory says that it lies; without: where it really does. */
    offset?: number | bigint;
    /** The number of dimensions that the directory claims. */
    dimensionCount?: number;
};
export type GgufFile = {
    magic?: string;
    version?: number;
    tensorCount?: number | bigint;
    keyCount?: number | bigint;
    alignment?: number;
    entries: [key: string, value: Value][];
    tensors: TensorEntry[];
};

export const F32 = 0;
export const F16 = 1;

const number = (bytes: number, write: (buffer: Buffer) => void): Buffer => {
    const buffer = Buffer.alloc(bytes);
    write(buffer);
    return buffer;
};
export const rawU32 = (value: number) => number(4, (buffer) => buffer.writeUInt32LE(value));
export const rawU64 = (value: number | bigint) => number(8, (buffer) => buffer.writeBigUInt64LE(BigInt(value)));
export const rawText = (text: string) => Buffer.concat([rawU64(Buffer.byteLength(text)), Buffer.from(text)]);

export const u8 = (value: number): Value => ({ type: 0, body: Buffer.from([value]) });
export const u16 = (value: number): Value => ({ type: 2, body: number(2, (buffer) => buffer.writeUInt16LE(value)) });
export const u32 = (value: number): Value => ({ type: 4, body: rawU32(value) });
export const i32 = (value: number): Value => ({ type: 5, body: number(4, (buffer) => buffer.writeInt32LE(value)) });
export const f32 = (value: number): Value => ({ type: 6, body: number(4, (buffer) => buffer.writeFloatLE(value)) });
export const bool = (value: boolean): Value => ({ type: 7, body: Buffer.from([Number(value)]) });
export const text = (value: string): Value => ({ type: 8, body: rawText(value) });
export const u64 = (value: number | bigint): Value => ({ type: 10, body: rawU64(value) });
/** A list that may claim another length or kind than it has. */
export const list = (elementType: number, bodies: Buffer[], claimed: number | bigint = bodies.length): Value => ({
    type: 9,
    body: Buffer.concat([rawU32(elementType), rawU64(claimed), ...bodies]),
});
export const u32List = (values: number[]) => list(4, values.map(rawU32));
export const i32List = (values: number[]) =>
    list(
        5,
        values.map((value) => i32(value).body),
    );
export const f32List = (values: number[]) =>
    list(
        6,
        values.map((value) => f32(value).body),
    );
export const boolList = (values: boolean[]) =>
    list(
        7,
        values.map((value) => bool(value).body),
    );
export const textList = (values: string[]) => list(8, values.map(rawText));

const roundUp = (value: number, step: number) => Math.ceil(value / step) * step;

/** The header's bytes and the size that the whole file has. */
export function writeHeader(file: GgufFile): { header: Buffer; sizeBytes: number } {
    const { header, dataStart, dataBytes } = layOut(file);
    return { header, sizeBytes: dataStart + dataBytes };
}

function layOut({ magic = "GGUF", version = 3, alignment = 32, ...file }: GgufFile) {
    const parts: Buffer[] = [Buffer.from(magic, "latin1"), rawU32(version)];
    parts.push(rawU64(file.tensorCount ?? file.tensors.length), rawU64(file.keyCount ?? file.entries.length));
    for (const [key, value] of file.entries) parts.push(rawText(key), rawU32(value.type), value.body);
    let dataBytes = 0;
    const places = file.tensors.map((tensor) => {
        const { name, dimensions, type, offset, dimensionCount } = tensor;
        parts.push(rawText(name), rawU32(dimensionCount ?? dimensions.length), ...dimensions.map(rawU64));
        parts.push(rawU32(type), rawU64(offset ?? dataBytes));
        const place = { tensor, offset: dataBytes, bytes: tensorBytes(type, dimensions.map(Number)) ?? 0 };
        dataBytes = roundUp(dataBytes + place.bytes, alignment);
        return place;
    });
    const header = Buffer.concat(parts);
    return { header, dataStart: roundUp(header.byteLength, alignment), dataBytes, places };
}

/** The whole file, for small models; `weights` gives a tensor's bytes, without it all are zero. */
export function writeGguf(file: GgufFile, weights?: (tensor: TensorEntry, bytes: number) => Uint8Array): Uint8Array {
    const { header, dataStart, dataBytes, places } = layOut(file);
    const whole = new Uint8Array(Math.max(dataStart + dataBytes, header.byteLength));
    whole.set(header);
    if (weights) for (const { tensor, offset, bytes } of places) whole.set(weights(tensor, bytes), dataStart + offset);
    return whole;
}

/** A file of any size of which only the header exists; it counts what is read. */
export function sparseSource(header: Uint8Array, sizeBytes: number): ByteSource & { bytesRead(): number } {
    let bytesRead = 0;
    return {
        sizeBytes,
        bytesRead: () => bytesRead,
        read(offset, length) {
            const taken = new Uint8Array(Math.min(length, Math.max(0, sizeBytes - offset)));
            taken.set(header.subarray(Math.min(offset, header.byteLength), offset + taken.byteLength));
            bytesRead += taken.byteLength;
            return Promise.resolve(taken);
        },
        close: () => Promise.resolve(),
    };
}
