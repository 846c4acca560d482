import { expect, test } from "vitest";
import { cacheBytes } from "#shared/domain/fit/kv-cache.ts";
import { MODEL_SHAPE_LIMIT_BYTES, type ModelShape } from "#shared/schema/model-shape.ts";
import { DEFAULT_RUN_SETTINGS } from "#shared/schema/run-settings.ts";
import { type Control, controls, examples } from "./controls.fixtures.ts";
import { sparseSource, writeHeader } from "./gguf-writer.fixtures.ts";
import { inspectSource } from "./inspect-source.ts";

const MEBIBYTE = 2 ** 20;

async function readShape({ name, file }: Control): Promise<ModelShape> {
    const { header, sizeBytes } = writeHeader(file);
    const inspection = await inspectSource(sparseSource(header, sizeBytes));
    if (inspection.verdict === "refused") throw new Error(`${name}: ${inspection.fault}, ${inspection.detail}`);
    return inspection.shape;
}

test("there are at least forty controls", () => {
    expect(controls.length).toBeGreaterThanOrEqual(40);
});

test.each(controls)("$name is let through, with a shape that crosses to the window", async (one) => {
    const shape = await readShape(one);
    expect(JSON.stringify(shape).length).toBeLessThan(MODEL_SHAPE_LIMIT_BYTES);
    expect(JSON.stringify(shape)).not.toContain("token_embd");
    expect(shape).toMatchObject({ vocabularySize: 300, mergeCount: 2, hasChatTemplate: true, isTied: true });
    expect(shape.layers.length).toBeGreaterThan(0);
    expect(shape.tokenEmbeddingBytes).toBe(shape.embeddingLength * 300 * 2);
});

// fit/README.md section 4, f16, one sequence, batch 512.
test.each<[name: keyof typeof examples, contextTokens: number, useFlashAttention: boolean, mebibytes: number]>([
    ["llama-3.1-8b", 32_768, true, 4096],
    ["gemma-3-4b", 32_768, true, 843],
    ["gemma-4-e4b", 4096, true, 114],
    ["gemma-4-e4b", 4096, false, 139],
    ["gemma-4-31b", 4096, true, 1720],
    ["deepseek-v2-lite", 4096, true, 121.5],
    ["deepseek-v2-lite-old", 4096, true, 1080],
    ["granite-4.0-h-micro", 4096, true, 32],
    ["qwen3.5-4b", 4096, true, 128],
    ["qwen3.5-4b-mtp", 4096, true, 128],
    ["mamba-2.8b", 4096, true, 0],
])(
    "the cache of %s at %i tokens, flash attention %s, has %d MiB",
    async (name, contextTokens, useFlashAttention, size) => {
        const shape = await readShape(examples[name]);
        const settings = { ...DEFAULT_RUN_SETTINGS, contextTokens, useFlashAttention, batchTokens: 512, gpuLayers: 0 };
        expect(cacheBytes(shape, { ...settings, cacheType: "f16" }).kv.main).toBe(size * MEBIBYTE);
    },
);

// fit/README.md section 5.
test.each<[name: keyof typeof examples, mebibytes: number, digits: number]>([
    ["granite-4.0-h-micro", 73.8, 1],
    ["qwen3.5-4b", 50.2, 0],
    ["qwen3.5-4b-mtp", 50.2, 0],
    ["mamba-2.8b", 23.8, 0],
    ["lfm2-1.2b", 0.16, 2],
])("the state of %s has %d MiB", async (name, mebibytes, digits) => {
    const shape = await readShape(examples[name]);
    const { state } = cacheBytes(shape, { ...DEFAULT_RUN_SETTINGS, gpuLayers: 0 });
    expect(state.main / MEBIBYTE).toBeCloseTo(mebibytes, digits);
});
