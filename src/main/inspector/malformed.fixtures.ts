/** Headers that lie, by a seeded generator: every kind of lie in turn, each with its own numbers. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { control } from "./controls.fixtures.ts";
import {
    boolList,
    F32,
    f32,
    type GgufFile,
    i32,
    i32List,
    list,
    rawText,
    rawU32,
    rawU64,
    text,
    textList,
    type TensorEntry,
    u16,
    u32,
    u32List,
    u64,
    u8,
    type Value,
    writeGguf,
    writeHeader,
} from "./gguf-writer.fixtures.ts";

export type Malformed = { name: string; bytes: Uint8Array };

/** A sound little llama, to be spoiled in one place. */
export const smallModel = (): GgufFile => control("llama", { layers: 2, width: 64, heads: 4, kvHeads: 2 }).file;

/** mulberry32: the same series for the same seed. */
function createRandom(seed: number) {
    let state = seed >>> 0;
    const next = () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
    const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
    return {
        between,
        pick: <Item>(items: readonly Item[]): Item => items[between(0, items.length - 1)] as Item,
        bytes: (length: number) => Buffer.from(Array.from({ length }, () => between(0, 255))),
    };
}
type Random = ReturnType<typeof createRandom>;

const huge = (random: Random): bigint =>
    random.pick([2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 53n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n]) -
    BigInt(random.between(0, 9));

/** The file with one value replaced, or added where the key is new. */
function withValue(file: GgufFile, key: string, value: Value): GgufFile {
    const others = file.entries.filter(([name]) => name !== key);
    return { ...file, entries: [...others, [key, value]] };
}
const without = (file: GgufFile, ...keys: string[]): GgufFile => ({
    ...file,
    entries: file.entries.filter(([name]) => !keys.includes(name)),
});
function withTensor(file: GgufFile, random: Random, changes: Partial<TensorEntry>): GgufFile {
    const changed = random.between(1, file.tensors.length - 1);
    return {
        ...file,
        tensors: file.tensors.map((tensor, index) => (index === changed ? { ...tensor, ...changes } : tensor)),
    };
}

type Lie = (random: Random) => GgufFile | Uint8Array;
const own = (key: string) => `llama.${key}`;
const tokenizer = (key: string) => `tokenizer.ggml.${key}`;
const value =
    (key: string, make: (random: Random) => Value): Lie =>
    (random) =>
        withValue(smallModel(), key, make(random));
const tensor =
    (make: (random: Random) => Partial<TensorEntry>): Lie =>
    (random) =>
        withTensor(smallModel(), random, make(random));
const begins =
    (start: string, length = 4096): Lie =>
    (random) =>
        Buffer.concat([Buffer.from(start, "latin1"), random.bytes(random.between(64, length))]);

const lies: Record<string, Lie> = {
    truncated: (random) => {
        const whole = writeGguf(smallModel());
        return whole.subarray(0, random.between(0, whole.byteLength - 1));
    },
    "truncated-in-the-weights": (random) => {
        const whole = writeGguf(smallModel());
        return whole.subarray(0, whole.byteLength - random.between(1, 1024));
    },
    empty: () => new Uint8Array(0),
    noise: (random) => Buffer.concat([Buffer.from([0]), random.bytes(random.between(1, 4096))]),
    "noise-after-the-magic": begins("GGUF\u0003\u0000\u0000\u0000\u00ff\u00ff\u00ff\u00ff\u00ff"),
    zip: begins("PK\u0003\u0004"),
    pickle: begins("\u0080\u0002}q"),
    program: begins("\u007fELF"),
    "web-page": begins("<!doctype html>"),
    "lfs-pointer": begins("version https://git-lfs.github.com/spec/v1\noid sha256:"),
    "old-ggml": begins("lmgg"),
    magic: (random) => ({ ...smallModel(), magic: random.pick(["GGUE", "ggUF", "GGML", "\u0000GGU", "GGU "]) }),
    "big-endian": () => ({ ...smallModel(), magic: "FUGG" }),
    "big-endian-version": (random) => ({ ...smallModel(), version: random.pick([0x02000000, 0x03000000]) }),
    version: (random) => ({ ...smallModel(), version: random.pick([0, 1, 4, 5, 255, 65_536, 2 ** 32 - 1]) }),
    "tensor-count": (random) => ({ ...smallModel(), tensorCount: huge(random) }),
    "tensor-count-a-few-more": (random) => ({ ...smallModel(), tensorCount: 6 + random.between(40_000, 60_000) }),
    "no-tensors": () => ({ ...smallModel(), tensors: [] }),
    "key-count": (random) => ({ ...smallModel(), keyCount: huge(random) }),
    "key-count-a-few-more": (random) => ({ ...smallModel(), keyCount: 19 + random.between(1, 50) }),
    "key-twice": (random) => {
        const file = smallModel();
        return { ...file, entries: [...file.entries, random.pick(file.entries)] };
    },
    "key-empty": () => withValue(smallModel(), "", u32(1)),
    "key-too-long": (random) => withValue(smallModel(), "k".repeat(random.between(65_536, 70_000)), u32(1)),
    "value-type": value("general.odd", (random) => ({ type: random.between(13, 2 ** 31), body: rawU64(1) })),
    "text-too-long": value("general.odd", (random) => ({ type: 8, body: rawU64(huge(random)) })),
    "list-of-unknown": value("general.odd", (random) => list(random.between(13, 2 ** 31), [rawU64(1)])),
    "list-of-lists": value("general.odd", () => list(9, [rawU32(4), rawU64(1), rawU32(7)])),
    "list-too-long": value("general.odd", (random) =>
        list(random.pick([0, 1, 2, 4, 5, 6, 7, 8, 10, 12]), [rawU64(1)], huge(random)),
    ),
    "list-of-texts-too-long": value(tokenizer("tokens"), (random) =>
        list(8, [rawText("a"), rawU64(huge(random)), rawText("b")]),
    ),
    "tensor-name-too-long": tensor((random) => ({ name: "n".repeat(random.between(64, 5000)) })),
    "tensor-name-empty": tensor(() => ({ name: "" })),
    "tensor-twice": tensor(() => ({ name: "token_embd.weight" })),
    "tensor-dimensions": tensor((random) => ({ dimensionCount: random.pick([0, 5, 6, 255, 2 ** 31, 2 ** 32 - 1]) })),
    "tensor-dimension-none": tensor(() => ({ dimensions: [64, 0] })),
    "tensor-dimension-huge": tensor((random) => ({ dimensions: [huge(random)], offset: 38_400 })),
    "tensor-product-wraps": tensor((random) => ({
        dimensions: random.pick([
            [2n ** 32n, 2n ** 32n],
            [2n ** 31n, 2n ** 31n, 4n],
            [2n ** 16n, 2n ** 16n, 2n ** 16n, 2n ** 16n],
            [2n ** 62n, 4n],
        ]),
    })),
    "tensor-type": tensor((random) => ({ type: random.pick([4, 5, 31, 32, 33, 36, 37, 38, 999, 2 ** 32 - 1]) })),
    "tensor-rows": tensor((random) => ({ type: random.pick([2, 8, 12, 14]), dimensions: [random.between(1, 31)] })),
    "tensor-offset-uneven": tensor((random) => ({ offset: random.between(1, 31) })),
    "tensor-offset-far": tensor((random) => ({ offset: (huge(random) / 32n) * 32n })),
    "tensor-offset-overlaps": tensor(() => ({ offset: 0 })),
    "tensor-larger-than-the-file": tensor((random) => ({
        type: F32,
        dimensions: [64, random.between(2 ** 20, 2 ** 30)],
        offset: 38_400,
    })),
    alignment: value("general.alignment", (random) => u32(random.pick([0, 3, 7, 33, 48, 2 ** 31, 2 ** 32 - 1]))),
    "alignment-kind": value("general.alignment", (random) => random.pick([text("32"), f32(32), u16(32), u64(32)])),
    "no-architecture": () => without(smallModel(), "general.architecture"),
    "architecture-kind": value("general.architecture", (random) =>
        random.pick([u32(1), text(""), text("../../etc"), text("a".repeat(200)), text("ll\u0000ma"), boolList([true])]),
    ),
    "missing-key": (random) =>
        without(smallModel(), own(random.pick(["block_count", "embedding_length", "block_count"]))),
    "block-count": value(own("block_count"), (random) => u32(random.pick([0, 513, 65_536, 2 ** 31, 2 ** 32 - 1]))),
    "block-count-too-few": value(own("block_count"), () => u32(1)),
    "block-count-kind": value(own("block_count"), (random) =>
        random.pick([text("2"), f32(Number.NaN), f32(2.5), i32(-2)]),
    ),
    "width-odd": value(own("embedding_length"), (random) => u32(random.pick([0, 2 ** 30, 2 ** 31, 2 ** 32 - 1]))),
    "heads-odd": value(own("attention.head_count"), (random) => u32(random.between(70_000, 2 ** 32 - 1))),
    "heads-list": value(own("attention.head_count_kv"), () => u32List([2])),
    "heads-negative": value(own("attention.head_count_kv"), (random) => i32List([2, -random.between(1, 2 ** 31)])),
    "key-length": value(own("attention.key_length"), (random) => u32(random.between(70_000, 2 ** 32 - 1))),
    "state-huge": value(own("ssm.inner_size"), (random) => u32(random.between(2 ** 25, 2 ** 32 - 1))),
    "window-odd": value(own("attention.sliding_window"), (random) =>
        random.pick([text("512"), i32(-random.between(1, 99)), f32(Infinity)]),
    ),
    "experts-odd": (random) =>
        withValue(
            withValue(smallModel(), own("expert_count"), u32(8)),
            own("expert_used_count"),
            u32(random.between(9, 2 ** 31)),
        ),
    "tokens-kind": value(tokenizer("tokens"), (random) => random.pick([u32List([1, 2, 3]), text("abc"), u32(300)])),
    "tokens-none": value(tokenizer("tokens"), () => textList([])),
    "scores-kind": value(tokenizer("scores"), (random) =>
        list(
            random.pick([0, 1]),
            Array.from({ length: 300 }, () => u8(1).body),
        ),
    ),
    "scores-length": value(tokenizer("scores"), (random) =>
        list(
            6,
            Array.from({ length: random.between(0, 299) }, () => f32(1).body),
        ),
    ),
    "types-kind": value(tokenizer("token_type"), () =>
        list(
            0,
            Array.from({ length: 300 }, () => u8(1).body),
        ),
    ),
    "types-length": value(tokenizer("token_type"), (random) =>
        i32List(Array.from({ length: random.between(1, 299) }, () => 1)),
    ),
    "merges-kind": value(tokenizer("merges"), (random) => random.pick([u32List([1]), text("a b"), boolList([true])])),
    "token-id": value(tokenizer("bos_token_id"), (random) => random.pick([u32(random.between(300, 2 ** 31)), i32(-2)])),
    "split-part": value("split.count", (random) => u16(random.between(2, 99))),
    projector: value("general.architecture", () => text("clip")),
};

export const lieNames = Object.keys(lies);

/** What it claims may be far more than what is there. */
function writeShort(file: GgufFile): Uint8Array {
    const { header, sizeBytes } = writeHeader(file);
    return Buffer.concat([header, Buffer.alloc(Math.min(64 * 1024, Math.max(0, sizeBytes - header.byteLength)))]);
}

/** `count` malformed files, all different; the same for the same seed. */
export function malformedHeaders(seed: number, count: number): Malformed[] {
    const random = createRandom(seed);
    return Array.from({ length: count }, (_, index) => {
        const kind = lieNames[index % lieNames.length] as string;
        const made = (lies[kind] as Lie)(random);
        const bytes = made instanceof Uint8Array ? made : writeShort(made);
        return { name: `${String(index).padStart(4, "0")}-${kind}`, bytes };
    });
}

/** Writes them as `<name>.gguf` into a folder. */
export async function writeMalformedCorpus(folder: string, seed: number, count: number): Promise<void> {
    await mkdir(folder, { recursive: true });
    for (const { name, bytes } of malformedHeaders(seed, count))
        await writeFile(path.join(folder, `${name}.gguf`), bytes);
}
