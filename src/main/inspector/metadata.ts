import type { Cursor, LongText } from "./cursor.ts";
import { Refusal } from "./refusal.ts";

/**
 * A list, of which the header keeps its kind and length, and its numbers only where it has few. `longestBytes` and
 * `hasBadByteToken` are what a walk over its texts saw.
 */
export type ListValue = {
    elementType: number;
    length: number;
    numbers: number[] | null;
    longestBytes: number;
    hasBadByteToken: boolean;
};
export type Value = number | boolean | string | ListValue | LongText;
export type Metadata = Map<string, Value>;

const UINT32 = 4;
const STRING = 8;
const ARRAY = 9;
/** Bytes of the scalar types by their number: u8 i8 u16 i16 u32 i32 f32 bool, and u64 i64 f64. */
const scalarBytes: Record<number, number> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };
/** One entry a layer is all we read of a list; token lists are only counted. */
const MOST_NUMBERS = 1024;
const MOST_KEYS = 65_536;
const MOST_KEY_BYTES = 65_535;
/** All keys and kept texts together; a published header has some tens of kilobytes. */
const MOST_KEPT_CHARACTERS = 4 * 2 ** 20;
/** Bytes that the smallest pair of key and value takes. */
const LEAST_PAIR_BYTES = 8 + 1 + 4 + 1;

async function readScalar(cursor: Cursor, type: number, what: string): Promise<number | boolean> {
    const bytes = scalarBytes[type];
    if (bytes === undefined) throw new Refusal("bad-value-type", `${what} has type ${type}`);
    return cursor.scalar(bytes, what, (view, at) => {
        switch (type) {
            case 0:
                return view.getUint8(at);
            case 1:
                return view.getInt8(at);
            case 2:
                return view.getUint16(at, true);
            case 3:
                return view.getInt16(at, true);
            case 4:
                return view.getUint32(at, true);
            case 5:
                return view.getInt32(at, true);
            case 6:
                return view.getFloat32(at, true);
            case 7:
                return view.getUint8(at) !== 0;
            case 10:
                return Number(view.getBigUint64(at, true));
            case 11:
                return Number(view.getBigInt64(at, true));
            default:
                return view.getFloat64(at, true);
        }
    });
}

const isHexDigit = (code: number) =>
    (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);

/** `<0x-1>` and the like: six bytes in the shape of a byte token that name no byte (llama.cpp 25969: a write before a buffer). */
const isBadByteToken = (bytes: DataView, at: number): boolean =>
    bytes.getUint32(at) >>> 8 === 0x3c3078 &&
    bytes.getUint8(at + 5) === 0x3e &&
    !(isHexDigit(bytes.getUint8(at + 3)) && isHexDigit(bytes.getUint8(at + 4)));

async function readList(cursor: Cursor, what: string): Promise<ListValue> {
    const elementType = await cursor.u32(what);
    if (elementType === ARRAY) throw new Refusal("nested-array", what);
    const seen = { longestBytes: 0, hasBadByteToken: false };
    if (elementType === STRING) {
        // Each text takes at least the eight bytes of its own length.
        const length = await cursor.listLength(what, 8);
        await cursor.skipTexts(length, what, (textBytes, bytes, at) => {
            seen.longestBytes = Math.max(seen.longestBytes, textBytes);
            if (textBytes === 6 && bytes && isBadByteToken(bytes, at)) seen.hasBadByteToken = true;
        });
        return { elementType, length, numbers: null, ...seen };
    }
    const bytes = scalarBytes[elementType];
    if (bytes === undefined) throw new Refusal("bad-value-type", `${what} holds type ${elementType}`);
    const length = await cursor.listLength(what, bytes);
    if (length > MOST_NUMBERS) {
        cursor.skip(length * bytes, what);
        return { elementType, length, numbers: null, ...seen };
    }
    const numbers: number[] = [];
    for (let index = 0; index < length; index++) numbers.push(Number(await readScalar(cursor, elementType, what)));
    return { elementType, length, numbers, ...seen };
}

/** All key-value pairs. Counts are compared with what is left of the file first. */
export async function readMetadata(cursor: Cursor, count: number): Promise<Metadata> {
    if (count > MOST_KEYS) throw new Refusal("too-many-keys", String(count));
    cursor.requireBytes(count * LEAST_PAIR_BYTES, `${count} keys`);
    const metadata: Metadata = new Map();
    let kept = 0;
    for (let index = 0; index < count; index++) {
        const key = await cursor.text(`key ${index}`, MOST_KEY_BYTES);
        if (typeof key !== "string" || key === "") throw new Refusal("bad-key", `key ${index}`);
        if (metadata.has(key)) throw new Refusal("duplicate-key", key);
        const type = await cursor.u32(key);
        // The engine reads this one without looking at its type, and ends itself if it is another.
        if (key === "general.alignment" && type !== UINT32) throw new Refusal("bad-alignment", key);
        const value =
            type === STRING
                ? await cursor.text(key)
                : type === ARRAY
                  ? await readList(cursor, key)
                  : await readScalar(cursor, type, key);
        metadata.set(key, value);
        kept += key.length + keptLength(value);
        if (kept > MOST_KEPT_CHARACTERS)
            throw new Refusal("too-large-header", `over ${MOST_KEPT_CHARACTERS} characters`);
    }
    return metadata;
}

export const isList = (value: Value | undefined): value is ListValue =>
    typeof value === "object" && "elementType" in value;

export const isLongText = (value: Value | undefined): value is LongText =>
    typeof value === "object" && "offsetBytes" in value;

function keptLength(value: Value): number {
    if (typeof value === "string") return value.length;
    return isList(value) ? (value.numbers?.length ?? 0) : 0;
}
