import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ModelShape } from "../../schema/model-shape.ts";
import type { RunSettings } from "../../schema/run-settings.ts";
import type { MemoryPart } from "../../schema/verdict.ts";
import { computeBytes } from "./compute-buffers.ts";
import { estimateMemory, sumParts } from "./estimate.ts";
import { sampleRows, sampleShapes, settingsOf, shapeOf } from "./sample.fixtures.ts";

const MiB = 2 ** 20;
const counted = new Set(["weights", "kvCache", "recurrentState", "compute"]);

function estimate(shape: ModelShape, settings: RunSettings) {
    const result = estimateMemory(shape, settings);
    if ("cantSay" in result) throw new Error(result.cantSay);
    const of = (part: MemoryPart["part"]) =>
        sumParts([...result.gpu, ...result.main].filter((one) => one.part === part));
    const engineOf = (parts: MemoryPart[]) => sumParts(parts.filter(({ part }) => counted.has(part)));
    return {
        ...result,
        of,
        gpuWeights: sumParts(result.gpu.filter(({ part }) => part === "weights")),
        engineBytes: engineOf(result.gpu) + engineOf(result.main),
        engineGpuBytes: engineOf(result.gpu),
    };
}

const quantile = (errors: number[], share: number): number =>
    errors.toSorted((a, b) => a - b)[Math.min(errors.length - 1, Math.floor(errors.length * share))] ?? Number.NaN;

describe("against the engine's own figures", () => {
    const processorRows = sampleRows.filter(({ settings }) => settings.gpuLayers === 0);
    const cardRows = sampleRows.filter(({ settings }) => settings.gpuLayers > 0);

    it("is within 1 % in the median, 5 % at p99 and 6 % at worst on the processor", () => {
        const errors = processorRows.map(({ shape, settings, totalBytes }) =>
            Math.abs(estimate(shape, settings).engineBytes / totalBytes - 1),
        );
        expect(errors.length).toBeGreaterThan(200);
        expect(quantile(errors, 0.5)).toBeLessThan(0.001);
        expect(quantile(errors, 0.99)).toBeLessThan(0.05);
        expect(Math.max(...errors)).toBeLessThan(0.06);
    });

    it("keeps the same bounds for graphics memory with flash attention", () => {
        const errors = cardRows
            .filter(({ settings }) => settings.useFlashAttention)
            .map(({ shape, settings, gpuBytes }) => Math.abs(estimate(shape, settings).engineGpuBytes / gpuBytes - 1));
        expect(errors.length).toBeGreaterThan(60);
        expect(quantile(errors, 0.5)).toBeLessThan(0.01);
        expect(Math.max(...errors)).toBeLessThan(0.05);
    });

    it("places weights to 4 KB, but for Mamba's operation that Vulkan lacks", () => {
        for (const { shape, settings, weightsBytes, weightsGpuBytes } of sampleRows) {
            if (settings.gpuLayers > 0 && (shape.architecture === "mamba" || !settings.useFlashAttention)) continue;
            const { of, gpuWeights } = estimate(shape, settings);
            expect(Math.abs(of("weights") - weightsBytes)).toBeLessThan(4096);
            expect(Math.abs(gpuWeights - weightsGpuBytes)).toBeLessThan(4096);
        }
    });

    it("counts cache and state to the log's rounding, 5,243 bytes a buffer", () => {
        for (const { shape, settings, kvBytes, recurrentBytes } of sampleRows) {
            if (settings.gpuLayers > 0 && !settings.useFlashAttention) continue;
            const { of } = estimate(shape, settings);
            expect(Math.abs(of("kvCache") - kvBytes)).toBeLessThanOrEqual(2 * 5243);
            expect(Math.abs(of("recurrentState") - recurrentBytes)).toBeLessThanOrEqual(2 * 5243);
        }
    });
});

describe("the examples of fit/README.md", () => {
    it.each([
        ["llama-3.1-8b.Q4_K_M", { contextTokens: 32768 }, 4096],
        ["llama-3.1-8b.Q4_K_M", { contextTokens: 32768, cacheType: "q8_0" }, 2176],
        ["llama-3.1-8b.Q4_K_M", { contextTokens: 32768, cacheType: "q4_0" }, 1152],
        ["gemma-3-4b.Q4_K_M", { contextTokens: 32768 }, 843],
        ["gemma-4-e4b.Q4_K_M", { contextTokens: 4096 }, 114],
        ["gemma-4-e4b.Q4_K_M", { contextTokens: 4096, useFlashAttention: false }, 139],
        ["gemma-4-31b.Q4_K_M", { contextTokens: 4096 }, 1720],
        ["deepseek-v2-lite.Q4_K_M", { contextTokens: 4096 }, 121.5],
        ["granite-4.0-h-micro.Q4_K_M", { contextTokens: 4096 }, 32],
        ["qwen3.5-4b.Q4_K_M", { contextTokens: 4096 }, 128],
    ] as const)("keeps the conversation of %s at %j in %d MiB", (file, settings, mebibytes) => {
        const bytes = estimate(shapeOf(file), settingsOf(settings)).of("kvCache");
        expect(Math.abs(bytes / MiB - mebibytes)).toBeLessThan(0.5);
    });

    it.each([
        ["granite-4.0-h-micro.Q4_K_M", 73.8],
        ["qwen3.5-4b.Q4_K_M", 50.2],
        ["mamba-2.8b.Q4_K_M", 23.75],
        ["lfm2-1.2b.Q4_K_M", 0.16],
    ])("keeps the state of %s in %d MiB whatever the context", (file, mebibytes) => {
        for (const contextTokens of [512, 65_536])
            expect(estimate(shapeOf(file), settingsOf({ contextTokens })).of("recurrentState") / MiB).toBeCloseTo(
                mebibytes,
                1,
            );
    });

    it("places llama-3.2-1b as section 3 says, a second embedding on the card", () => {
        const shape = shapeOf("llama-3.2-1b.Q4_K_M");
        const whole = estimate(shape, settingsOf({ gpuLayers: 17 }));
        expect(whole.gpuWeights).toBe(799_862_912);
        expect(whole.of("weights") - whole.gpuWeights).toBe(215_470_080);
        expect(estimate(shape, settingsOf({ gpuLayers: 8 })).gpuWeights / MiB).toBeCloseTo(451.5, 1);
        expect(estimate(shape, settingsOf()).of("weights")).toBe(799_862_912);
    });

    it("reserves llama-3.2-1b's compute buffer to the byte", () => {
        const bytes = computeBytes(shapeOf("llama-3.2-1b.Q4_K_M"), settingsOf({ contextTokens: 4096 }));
        expect(bytes).toEqual({ gpu: 0, main: 271_056_896 });
    });

    it("limits copies of the state, which the library does not", () => {
        expect(estimate(shapeOf("gemma-3-4b.Q4_K_M"), settingsOf()).of("checkpoints")).toBe(256 * MiB);
        expect(estimate(shapeOf("llama-3.1-8b.Q4_K_M"), settingsOf()).of("checkpoints")).toBe(0);
    });
});

describe("what is not known is not guessed", () => {
    const shape = shapeOf("llama-3.2-1b.Q4_K_M");
    it("says so of an unknown architecture, a card without flash attention, an empty geometry", () => {
        expect(estimateMemory({ ...shape, architecture: "glm5next" }, settingsOf())).toEqual({
            cantSay: "unknown-architecture",
        });
        expect(estimateMemory(shape, settingsOf({ gpuLayers: 17, useFlashAttention: false }))).toEqual({
            cantSay: "flash-attention-off-on-card",
        });
        expect(estimateMemory({ ...shape, layers: [] }, settingsOf())).toEqual({ cantSay: "unknown-geometry" });
    });
});

describe("properties", () => {
    const shapes = fc.constantFrom(...sampleShapes.values());
    const settings = fc.record({
        contextTokens: fc.integer({ min: 256, max: 262_144 }),
        cacheType: fc.constantFrom("f16", "q8_0", "q4_0"),
        gpuLayers: fc.integer({ min: 0, max: 70 }),
        useFlashAttention: fc.constant(true),
        threads: fc.constant(4),
        batchTokens: fc.integer({ min: 32, max: 2048 }),
    });
    const total = (shape: ModelShape, one: RunSettings) => {
        const { gpu, main } = estimate(shape, one);
        return sumParts([...gpu, ...main]);
    };

    it("is finite and never negative", () => {
        fc.assert(
            fc.property(shapes, settings, (shape, one) => {
                const { gpu, main } = estimate(shape, one);
                expect([...gpu, ...main].every(({ bytes }) => Number.isFinite(bytes) && bytes > 0)).toBe(true);
            }),
        );
    });
    it("never needs less for a longer conversation", () => {
        fc.assert(
            fc.property(shapes, settings, fc.integer({ min: 0, max: 100_000 }), (shape, one, more) => {
                const longer = { ...one, contextTokens: one.contextTokens + more };
                expect(total(shape, longer)).toBeGreaterThanOrEqual(total(shape, one));
            }),
        );
    });
    it("never needs more for a smaller cache type", () => {
        fc.assert(
            fc.property(shapes, settings, (shape, one) => {
                const [f16 = 0, q8 = 0, q4 = 0] = (["f16", "q8_0", "q4_0"] as const).map((cacheType) =>
                    total(shape, { ...one, cacheType }),
                );
                expect(f16 >= q8 && q8 >= q4).toBe(true);
            }),
        );
    });
    it("moves weights to the card and never back as layers are added", () => {
        fc.assert(
            fc.property(shapes, fc.integer({ min: 1, max: 60 }), (shape, layers) => {
                const at = (gpuLayers: number) => estimate(shape, settingsOf({ gpuLayers })).gpuWeights;
                expect(at(layers + 1)).toBeGreaterThanOrEqual(at(layers));
            }),
        );
    });
});
