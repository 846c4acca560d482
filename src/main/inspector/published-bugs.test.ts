/** One regression file per published loader bug (security.md section 3, bar B4): our reader refuses each before the engine sees it. */
import { expect, test } from "vitest";
import { bufferSource } from "./byte-source.ts";
import { control } from "./controls.fixtures.ts";
import {
    F16,
    F32,
    type GgufFile,
    i32List,
    list,
    rawText,
    rawU64,
    sparseSource,
    text,
    textList,
    u32,
    u64,
    u8,
    type Value,
    writeGguf,
    writeHeader,
} from "./gguf-writer.fixtures.ts";
import { inspectSource } from "./inspect-source.ts";

const model = (): GgufFile => control("llama", { layers: 2, width: 64, heads: 4, kvHeads: 2 }).file;
const withValues = (values: Record<string, Value>, file = model()): GgufFile => ({
    ...file,
    entries: [...file.entries.filter(([key]) => !(key in values)), ...Object.entries(values)],
});
const without = (key: string): GgufFile => ({ ...model(), entries: model().entries.filter(([name]) => name !== key) });
const withFirstTensor = (change: Partial<GgufFile["tensors"][number]>): GgufFile => {
    const [first, ...rest] = model().tensors;
    if (!first) throw new Error("no tensors");
    return { ...model(), tensors: [{ ...first, ...change }, ...rest] };
};
const byteTokens = (last: string) =>
    withValues({
        "general.architecture": text("llama"),
        "tokenizer.ggml.model": text("plamo2"),
        "tokenizer.ggml.tokens": textList([...Array.from({ length: 299 }, (_, index) => `t${index}`), last]),
    });
const bytes = (length: number) => Array.from({ length }, () => u8(1).body);

const files: Record<string, [file: GgufFile, fault: string]> = {
    "CVE-2024-21802: more dimensions than there is room for": [withFirstTensor({ dimensionCount: 5 }), "bad-tensor"],
    "CVE-2024-21825: a list of texts longer than the file": [
        withValues({ "general.tags": list(8, [rawText("a")], 2 ** 29) }),
        "cut-off",
    ],
    "CVE-2024-21836: more tensors than the file can hold": [{ ...model(), tensorCount: 2n ** 63n - 1n }, "cut-off"],
    "CVE-2024-23496: the length of a text wraps when one is added": [
        withValues({ "general.odd": { type: 8, body: rawU64(2n ** 64n - 1n) } }),
        "cut-off",
    ],
    "CVE-2024-23605: more keys than the file can hold": [{ ...model(), keyCount: 2n ** 59n + 1n }, "cut-off"],
    "CVE-2024-32878: a list whose end is missing": [
        withValues({ "general.odd": list(8, [rawText("a"), rawU64(2 ** 28)], 2) }),
        "cut-off",
    ],
    "CVE-2024-41130: no vocabulary to point to": [without("tokenizer.ggml.tokens"), "missing-key"],
    "CVE-2025-49847: a token whose length does not fit 32 bits": [
        withValues({ "tokenizer.ggml.tokens": list(8, [rawText("a"), rawU64(2n ** 31n + 16n)], 2) }),
        "string-too-long",
    ],
    "CVE-2025-49847: a token no vocabulary has": [
        withValues({ "tokenizer.ggml.tokens": textList(["<s>", "</s>", "a".repeat(70_000)]) }),
        "bad-tokenizer",
    ],
    "CVE-2025-53630: sizes of tensors that wrap when added": [
        withFirstTensor({ dimensions: [2n ** 31n, 2n ** 31n], type: F16 }),
        "bad-tensor",
    ],
    "CVE-2026-27940: an offset that wraps back into the file": [
        withFirstTensor({ offset: 2n ** 64n - 32n }),
        "cut-off",
    ],
    "CVE-2026-33298: exabytes on paper, four megabytes in truth": [
        withFirstTensor({ dimensions: [2n ** 32n, 2n ** 30n, 4n], type: F32 }),
        "bad-tensor",
    ],
    "CVE-2026-21869: a negative number where a size is meant": [
        withValues({ "llama.attention.head_count": { type: 5, body: Buffer.from([255, 255, 255, 255]) } }),
        "bad-geometry",
    ],
    "CVE-2026-7482: a tensor larger than the file": [
        { ...model(), tensors: [...model().tensors, { name: "output.weight", dimensions: [64, 300], type: F32 }] },
        "cut-off",
    ],
    "CVE-2025-0312: a null where a text is meant": [withValues({ "general.architecture": u32(0) }), "missing-key"],
    "CVE-2025-0315: an allocation of any size": [withValues({ "llama.block_count": u64(2n ** 40n) }), "bad-geometry"],
    "CVE-2025-0317: a division by no heads": [withValues({ "llama.attention.head_count": u32(0) }), "bad-geometry"],
    "Jan CVE-2025-2439: a list inside a list": [withValues({ "general.odd": list(9, [rawU64(1)]) }), "nested-array"],
    "llama.cpp 25969: a byte token of byte -1": [byteTokens("<0x-1>"), "bad-tokenizer"],
    "llama.cpp 25969: a byte token of no number": [byteTokens("<0xZZ>"), "bad-tokenizer"],
    "llama.cpp 25508: a vocabulary smaller than its default ids": [
        withValues({ "tokenizer.ggml.tokens": textList(["a", "b"]) }),
        "bad-tokenizer",
    ],
    "llama.cpp 26690: scores of one byte each": [
        withValues({ "tokenizer.ggml.scores": list(0, bytes(300)) }),
        "bad-tokenizer",
    ],
    "llama.cpp 26690: suppressed tokens of one byte each": [
        withValues({ "tokenizer.ggml.suppress_tokens": list(0, bytes(8)) }),
        "bad-tokenizer",
    ],
    "llama.cpp 26690: fewer token types than tokens": [
        withValues({ "tokenizer.ggml.token_type": i32List([1, 1, 1]) }),
        "bad-tokenizer",
    ],
    "llama.cpp 25821: more than 512 layers": [withValues({ "llama.block_count": u32(513) }), "bad-geometry"],
    "llama.cpp 26318: a size that wraps when padded": [
        withFirstTensor({ dimensions: [2n ** 63n - 16n], type: F16 }),
        "cut-off",
    ],
    "an alignment of no power of two": [withValues({ "general.alignment": u32(31) }), "bad-alignment"],
    "an alignment of another type, on which the engine ends itself": [
        withValues({ "general.alignment": u64(32) }),
        "bad-alignment",
    ],
    "heads that do not divide into groups, on which the engine ends itself": [
        withValues({ "llama.attention.head_count_kv": u32(3) }),
        "bad-geometry",
    ],
    "experts of which none is used, on which the engine ends itself": [
        withValues({ "llama.expert_count": u32(8), "llama.expert_used_count": u32(0) }),
        "bad-geometry",
    ],
};

test.each(Object.entries(files))("%s", async (_, [file, fault]) => {
    const { header, sizeBytes } = writeHeader({ ...file, tensors: file.tensors });
    // The bug of CVE-2026-7482 is what is missing; in all others the file is as long as it says.
    const length = file.tensors.some(({ name }) => name === "output.weight") ? sizeBytes - 64 : sizeBytes;
    const source = sparseSource(header, Math.min(length, 2 ** 20));
    expect(await inspectSource(source)).toMatchObject({ verdict: "refused", fault });
});

test("the file they are made from is let through", async () => {
    expect((await inspectSource(bufferSource(writeGguf(model())))).verdict).toBe("ok");
});
