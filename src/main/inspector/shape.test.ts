import { expect, test } from "vitest";
import { MODEL_SHAPE_LIMIT_BYTES } from "#shared/schema/model-shape.ts";
import { control } from "./controls.fixtures.ts";
import { F16, F32, type GgufFile, sparseSource, text, u16, u32, writeHeader } from "./gguf-writer.fixtures.ts";
import { inspectSource } from "./inspect-source.ts";

async function inspect(file: GgufFile) {
    const { header, sizeBytes } = writeHeader(file);
    return inspectSource(sparseSource(header, sizeBytes));
}
async function readShape(file: GgufFile) {
    const inspection = await inspect(file);
    if (inspection.verdict === "refused") throw new Error(`${inspection.fault}: ${inspection.detail}`);
    return inspection.shape;
}
const llama = (layers = 4): GgufFile => control("llama", { layers, width: 64, heads: 4, kvHeads: 2 }).file;

test("layers of which no two weigh the same are evened out, to the byte, within 16 KB", async () => {
    const file = llama(300);
    const tensors = file.tensors.map((tensor, index) =>
        tensor.name.endsWith("ffn_down.weight") ? { ...tensor, dimensions: [64, 8 + index] } : tensor,
    );
    const shape = await readShape({ ...file, tensors });
    const expected = tensors
        .filter(({ name }) => name.startsWith("blk."))
        .reduce(
            (sum, { dimensions: [row = 1, rows = 1], type }) =>
                sum + Number(row) * Number(rows) * (type === F16 ? 2 : 4),
            0,
        );
    expect(shape.layers).toHaveLength(300);
    expect(shape.layers.reduce((sum, kind) => sum + (shape.layerKinds[kind]?.weightBytes ?? 0), 0)).toBe(expected);
    expect(JSON.stringify(shape).length).toBeLessThanOrEqual(MODEL_SHAPE_LIMIT_BYTES);
});

test("each tensor counts once, where it will lie", async () => {
    const file = llama();
    const tensors = [
        ...file.tensors,
        { name: "output.weight", dimensions: [64, 300], type: F16 },
        { name: "rope_freqs.weight", dimensions: [8], type: F32 },
    ];
    const shape = await readShape({ ...file, tensors });
    expect(shape).toMatchObject({
        isTied: false,
        inputBytes: 64 * 300 * 2,
        outputBytes: 64 * 300 * 2 + 64 * 4,
        firstLayerBytes: 8 * 4,
        bytesByType: { F16: 2 * 64 * 300 * 2 + 4 * 64 * 8 * 2, F32: 64 * 4 + 8 * 4 + 4 * 64 * 4 },
    });
    // A tied embedding is read whole as the output, so nothing of it is only looked up.
    expect(await readShape(file)).toMatchObject({ isTied: true });
});

test("only what a token needs counts as active: no looked-up row, no expert that is not used", async () => {
    const more = { expert_count: u32(8), expert_used_count: u32(2), expert_feed_forward_length: u32(32) };
    const { file } = control("qwen3moe", { layers: 1, width: 64, heads: 4, kvHeads: 2, more });
    const tensors = [...file.tensors, { name: "blk.0.ffn_up_exps.weight", dimensions: [64, 32, 8], type: F16 }];
    const tied = await readShape({ ...file, tensors });
    expect(tied.layerKinds[0]?.expertBytes).toBe(64 * 32 * 8 * 2);
    expect((tied.parameterCount ?? 0) - (tied.activeParameterCount ?? 0)).toBe(64 * 32 * 6);
    const output = { name: "output.weight", dimensions: [64, 300], type: F16 };
    const untied = await readShape({ ...file, tensors: [...tensors, output] });
    expect(untied.activeParameterCount).toBe(tied.activeParameterCount);
});

const withValue = (key: string, value: GgufFile["entries"][number][1]): GgufFile => {
    const file = llama();
    return { ...file, entries: [...file.entries.filter(([name]) => name !== key), [key, value]] };
};
test.each<[string, GgufFile, string]>([
    ["a vocabulary without weights", { ...llama(), tensors: [] }, "not-a-chat-model"],
    ["a picture projector", withValue("general.type", text("mmproj")), "not-a-chat-model"],
    ["an adapter", withValue("general.type", text("adapter")), "not-a-chat-model"],
    ["an embedding model", control("nomic-bert", { layers: 2, width: 64, heads: 4 }).file, "not-a-chat-model"],
    ["a part of three", withValue("split.count", u16(3)), "split-part"],
    [
        "a file without its third layer",
        { ...llama(), tensors: llama().tensors.filter(({ name }) => !name.startsWith("blk.2.")) },
        "bad-geometry",
    ],
    ["a file without embedding", { ...llama(), tensors: llama().tensors.slice(1) }, "bad-geometry"],
    ["an embedding of another width", withValue("llama.embedding_length", u32(128)), "bad-geometry"],
])("%s is named as such", async (_, file, fault) => {
    expect(await inspect(file)).toMatchObject({ verdict: "refused", fault });
});

test("a file that is one part of one is whole", async () => {
    expect((await inspect(withValue("split.count", u16(1)))).verdict).toBe("ok");
});
