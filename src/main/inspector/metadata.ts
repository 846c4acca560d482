import type { Cursor } from "./cursor.ts";
import { Refusal } from "./refusal.ts";

/** A list, of which the header keeps its kind and length, and its numbers only where it has few. */
export type ListValue = { elementType: number; length: number; numbers: number[] | null };
export type Value = number | boolean | string | ListValue | null;
export type Metadata = Map<string, Value>;

const STRING = 8;
const ARRAY = 9;
/** Bytes of the scalar types by their number: u8 i8 u16 i16 u32 i32 f32 bool, and u64 i64 f64. */
const scalarBytes: Record<number, number> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };
/** One entry a layer is all we read of a list; token lists are only counted. */
const MOST_NUMBERS = 1024;
const MOST_KEYS = 100_000;
const MOST_KEY_BYTES = 65_535;
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

async function readList(cursor: Cursor, what: string): Promise<ListValue> {
    const elementType = await cursor.u32(what);
    const length = await cursor.u64(`the length of ${what}`);
    if (elementType === ARRAY) throw new Refusal("nested-array", what);
    if (elementType === STRING) {
        // Each text takes at least the eight bytes of its own length.
        cursor.requireBytes(length * 8, what);
        for (let index = 0; index < length; index++)
            cursor.skip(await cursor.u64(`${what}[${index}]`), `${what}[${index}]`);
        return { elementType, length, numbers: null };
    }
    const bytes = scalarBytes[elementType];
    if (bytes === undefined) throw new Refusal("bad-value-type", `${what} holds type ${elementType}`);
    cursor.requireBytes(length * bytes, what);
    if (length > MOST_NUMBERS) {
        cursor.skip(length * bytes, what);
        return { elementType, length, numbers: null };
    }
    const numbers: number[] = [];
    for (let index = 0; index < length; index++) numbers.push(Number(await readScalar(cursor, elementType, what)));
    return { elementType, length, numbers };
}

/** All key-value pairs. Counts are compared with what is left of the file first. */
export async function readMetadata(cursor: Cursor, count: number): Promise<Metadata> {
    if (count > MOST_KEYS) throw new Refusal("too-many-keys", String(count));
    if (count * LEAST_PAIR_BYTES > cursor.left())
        throw new Refusal("cut-off", `${count} keys`, count * LEAST_PAIR_BYTES - cursor.left());
    const metadata: Metadata = new Map();
    for (let index = 0; index < count; index++) {
        const key = await cursor.text("a key", MOST_KEY_BYTES);
        if (key === null || key === "") throw new Refusal("bad-key", `key ${index}`);
        if (metadata.has(key)) throw new Refusal("duplicate-key", key);
        const type = await cursor.u32(key);
        if (type === STRING) metadata.set(key, await cursor.text(key));
        else if (type === ARRAY) metadata.set(key, await readList(cursor, key));
        else metadata.set(key, await readScalar(cursor, type, key));
    }
    return metadata;
}
