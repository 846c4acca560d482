import { describe, expect, it } from "vitest";
import { ModelId } from "../../schema/ids.ts";
import type { Measurement } from "../../schema/measurement.ts";
import type { SpeedRange } from "../../schema/verdict.ts";
import { settingsOf } from "../fit/sample.fixtures.ts";
import { calibrate } from "./calibrate.ts";

const id = (name: string) => ModelId.parse(name);
/** s_device 0.2 and s_row 0.14, as most classes with few devices. */
const spread = Math.hypot(0.2, 0.14);
const predicted: SpeedRange = {
    lowTokensPerSecond: 20 / Math.exp(1.2816 * spread),
    middleTokensPerSecond: 20,
    highTokensPerSecond: 20 * Math.exp(1.2816 * spread),
    coverage: 0.8,
    confidence: "good",
    origin: "estimated",
    limitedBy: "bandwidth",
    bytesPerToken: 1e9,
    bandwidthBytesPerSecond: 50e9,
};
const run = (changes: Partial<Measurement> = {}): Measurement => ({
    modelId: id("other"),
    modelName: "Other",
    measuredAt: 1000,
    deviceKey: "cpu",
    engineBuild: "3.21.1",
    settings: settingsOf(),
    predictedTokensPerSecond: 10,
    predictedLowTokensPerSecond: 7,
    predictedHighTokensPerSecond: 14,
    measuredTokensPerSecond: 13,
    timeToFirstTokenMilliseconds: 100,
    promptTokens: 100,
    answerTokens: 100,
    isOnBattery: false,
    ...changes,
});

const model = { modelId: id("m"), settings: settingsOf(), deviceKey: "cpu" };

describe("calibrate", () => {
    it("leaves a prediction alone without evidence", () => {
        for (const runs of [
            [],
            [run({ answerTokens: 31 })],
            [run({ isOnBattery: true })],
            [run({ predictedTokensPerSecond: null })],
        ])
            expect(calibrate(predicted, runs, model)).toEqual(predicted);
    });

    it("moves by the shrunk mean and narrows (hardware/README.md section 8)", () => {
        const range = calibrate(predicted, [run()], model);
        const weight = 0.04 / (0.04 + 0.0196);
        expect(range.middleTokensPerSecond).toBeCloseTo(20 * Math.exp(weight * Math.log(1.3)), 6);
        const s = Math.sqrt((0.04 * 0.0196) / (0.04 + 0.0196) + 0.0196);
        expect(range.highTokensPerSecond / range.middleTokensPerSecond).toBeCloseTo(Math.exp(1.2816 * s), 6);
        expect(range.origin).toBe("estimated");
    });

    it("does not take repeats for evidence, another model or depth it does", () => {
        const once = calibrate(predicted, [run()], model);
        const twice = calibrate(predicted, [run(), run({ measuredAt: 900 })], model);
        expect(twice).toEqual(once);
        const deeper = calibrate(predicted, [run(), run({ measuredAt: 900, promptTokens: 4000 })], model);
        expect(deeper.highTokensPerSecond / deeper.lowTokensPerSecond).toBeLessThan(
            once.highTokensPerSecond / once.lowTokensPerSecond,
        );
    });

    it("starts again with another engine build, and takes no word from another device, however new", () => {
        const runs = [
            run({ measuredAt: 2000, predictedTokensPerSecond: 13 }),
            run({ engineBuild: "3.20.0" }),
            run({ measuredAt: 3000, deviceKey: "gpu" }),
        ];
        expect(calibrate(predicted, runs, model).middleTokensPerSecond).toBeCloseTo(20, 6);
    });

    it("gives the very model its measurement, the median of the newest runs, ten per cent around it", () => {
        const own = [17, 18, 40].map((measuredTokensPerSecond, index) =>
            run({ modelId: id("m"), measuredTokensPerSecond, measuredAt: 1000 + index }),
        );
        const range = calibrate(predicted, own, model);
        expect(range).toMatchObject({ middleTokensPerSecond: 18, origin: "measured", confidence: "good" });
        expect(range.lowTokensPerSecond).toBeCloseTo(16.2);
        expect(range.highTokensPerSecond).toBeCloseTo(19.8);
    });

    it("does not give a model on the card what it did on the processor", () => {
        const own = [run({ modelId: id("m"), measuredTokensPerSecond: 18 })];
        expect(calibrate(predicted, own, { ...model, settings: settingsOf({ gpuLayers: 33 }) }).origin).toBe(
            "estimated",
        );
    });
});
