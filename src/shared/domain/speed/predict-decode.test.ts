import * as fc from "fast-check";
import { describe as group, expect, it } from "vitest";
import type { ModelShape } from "../../schema/model-shape.ts";
import { speedModel } from "../catalog/data.fixtures.ts";
import { sampleShapes, settingsOf, shapeOf } from "../fit/sample.fixtures.ts";
import { appleM2, describe, desktop3060, desktop32, known, laptop8, macM2, rtx4090 } from "../machines.fixtures.ts";
import { predictDecode } from "./predict-decode.ts";

/** Llama 2 7B Q4_0, 3.56 GiB: the example of hardware/README.md section 2, W = 3.75e9. */
const llama2: ModelShape = {
    ...shapeOf("llama-3.1-8b.Q8_0"),
    fileBytes: 3_825_065_984,
    bytesByType: { Q4_0: 3_825_065_984 },
    mainTensorType: "Q4_0",
    inputBytes: 75_065_984,
    tokenEmbeddingBytes: 75_065_984,
    outputBytes: 150_000_000,
    firstLayerBytes: 0,
    layerKinds: [
        {
            weightBytes: 112_500_000,
            expertBytes: 0,
            isLoaded: true,
            cache: { windowTokens: 0, keyValues: 4096, valueValues: 4096 },
            recurrentStateBytes: 0,
        },
    ],
    layers: Array.from({ length: 32 }, () => 0),
};
const desktop4090 = describe({
    totalGiB: 64,
    freeGiB: 50,
    bandwidth: 89.6e9,
    cpuClass: "cpu-desktop-amd",
    card: rtx4090,
});
const whole = settingsOf({ gpuLayers: 33 });

group("decode", () => {
    it("gives the published example: 181 tokens a second, 143 to 229", () => {
        const range = predictDecode(desktop4090, llama2, whole, speedModel, 0);
        expect(range?.middleTokensPerSecond).toBeCloseTo(181, 0);
        expect(range?.lowTokensPerSecond).toBeCloseTo(143, 0);
        expect(range?.highTokensPerSecond).toBeCloseTo(229, 0);
        expect(range).toMatchObject({ confidence: "good", limitedBy: "bandwidth", origin: "estimated", coverage: 0.8 });
    });

    it("holds a measured run: RTX 4090, Llama 3 8B Q4_K_M, 130.58 at depth 256 (hardware/measured.csv)", () => {
        const range = predictDecode(desktop4090, shapeOf("llama-3.1-8b.Q4_K_M"), whole, speedModel, 256);
        expect(range?.lowTokensPerSecond).toBeLessThan(130.58);
        expect(range?.highTokensPerSecond).toBeGreaterThan(130.58);
    });

    it("is a cliff, not a slope, when layers leave the card", () => {
        const at = (gpuLayers: number) =>
            predictDecode(desktop4090, llama2, settingsOf({ gpuLayers }), speedModel, 0)?.middleTokensPerSecond ?? 0;
        expect(at(33) / at(28)).toBeGreaterThan(2);
        expect(at(28)).toBeGreaterThan(at(16));
        expect(at(16)).toBeGreaterThan(at(0));
        expect(predictDecode(desktop4090, llama2, settingsOf({ gpuLayers: 16 }), speedModel)?.confidence).toBe("fair");
    });

    it("invents no bandwidth", () => {
        const noTable = {
            ...desktop4090,
            gpus: desktop4090.gpus.map((gpu) => ({ ...gpu, bandwidthBytesPerSecond: null })),
        };
        expect(predictDecode(noTable, llama2, whole, speedModel)).toBeNull();
        const noMemory = describe({ totalGiB: 8, freeGiB: 6, bandwidth: null, cpuClass: "cpu-desktop-amd" });
        expect(predictDecode(noMemory, llama2, settingsOf(), speedModel)).toBeNull();
    });

    it("takes a wide judgement for a class it does not know", () => {
        const strange = describe({ totalGiB: 16, freeGiB: 12, bandwidth: 50e9, cpuClass: null });
        expect(predictDecode(strange, llama2, settingsOf(), speedModel)?.confidence).toBe("rough");
    });

    it("widens where the table's bandwidth is only likely", () => {
        const unsure = {
            ...macM2,
            gpus: macM2.gpus.map((gpu) => ({
                ...gpu,
                bandwidthBytesPerSecond: known(appleM2.bandwidth ?? 0, "published", "low"),
            })),
        };
        const width = (machine: typeof macM2) => {
            const range = predictDecode(machine, llama2, whole, speedModel);
            return (range?.highTokensPerSecond ?? 0) / (range?.lowTokensPerSecond ?? 1);
        };
        expect(width(unsure)).toBeGreaterThan(width(macM2));
    });

    it("narrows and follows a measured bandwidth", () => {
        const slow = {
            ...laptop8,
            memory: { ...laptop8.memory, measuredBandwidthBytesPerSecond: known(20e9, "measured") },
        };
        const table = predictDecode(laptop8, llama2, settingsOf(), speedModel);
        const measured = predictDecode(slow, llama2, settingsOf(), speedModel);
        expect(measured?.bandwidthBytesPerSecond).toBe(20e9);
        const width = (range: typeof table) => (range?.highTokensPerSecond ?? 0) / (range?.lowTokensPerSecond ?? 1);
        expect(width(measured)).toBeLessThan(width(table));
    });

    it("names the reason: a small model by overhead, a long conversation by its cache", () => {
        const small = predictDecode(
            desktop4090,
            shapeOf("smollm2-135m.Q8_0"),
            settingsOf({ gpuLayers: 31 }),
            speedModel,
        );
        expect(small?.limitedBy).toBe("overhead");
        const long = predictDecode(
            desktop32,
            shapeOf("llama-3.2-1b.Q4_K_M"),
            settingsOf({ threads: 4 }),
            speedModel,
            60_000,
        );
        expect(long?.limitedBy).toBe("conversation");
    });

    it("lets sliding layers stop at their window", () => {
        const at = (depth: number) =>
            predictDecode(desktop32, shapeOf("gemma-3-4b.Q4_K_M"), settingsOf(), speedModel, depth)
                ?.middleTokensPerSecond ?? 0;
        // 5 of 34 layers grow: from 4,096 to 8,192 tokens 80 MiB more, not 544.
        expect(at(4096) / at(8192)).toBeLessThan(1.05);
    });
});

group("properties", () => {
    const shapes = fc.constantFrom(...sampleShapes.values());
    it("more bandwidth is never slower, and figures are finite, positive and in order", () => {
        fc.assert(
            fc.property(
                shapes,
                fc.integer({ min: 5, max: 2000 }),
                fc.integer({ min: 1, max: 500 }),
                (shape, gb, more) => {
                    const at = (bandwidth: number) =>
                        predictDecode(
                            describe({ totalGiB: 64, freeGiB: 60, bandwidth, cpuClass: "cpu-server" }),
                            shape,
                            settingsOf(),
                            speedModel,
                        );
                    const slow = at(gb * 1e9);
                    const fast = at((gb + more) * 1e9);
                    if (!slow || !fast) throw new Error("no figure");
                    expect(fast.middleTokensPerSecond).toBeGreaterThanOrEqual(slow.middleTokensPerSecond);
                    expect(slow.lowTokensPerSecond).toBeGreaterThan(0);
                    expect(slow.lowTokensPerSecond).toBeLessThan(slow.middleTokensPerSecond);
                    expect(slow.middleTokensPerSecond).toBeLessThan(slow.highTokensPerSecond);
                    expect(Number.isFinite(fast.highTokensPerSecond)).toBe(true);
                },
            ),
        );
    });
    it("a longer conversation is never faster", () => {
        fc.assert(
            fc.property(
                shapes,
                fc.integer({ min: 0, max: 50_000 }),
                fc.integer({ min: 0, max: 50_000 }),
                (shape, depth, more) => {
                    const at = (tokens: number) =>
                        predictDecode(desktop3060, shape, settingsOf(), speedModel, tokens)?.middleTokensPerSecond ??
                        Number.NaN;
                    expect(at(depth + more)).toBeLessThanOrEqual(at(depth));
                },
            ),
        );
    });
});
