import { describe, expect, it } from "vitest";
import { sampleShapes } from "#shared/domain/fit/sample.fixtures.ts";
import type { LocalModel } from "#shared/schema/catalog.ts";
import { ModelId } from "#shared/schema/ids.ts";
import { Settings } from "#shared/schema/settings.ts";
import type { Measurement } from "#shared/schema/measurement.ts";
import { DEFAULT_RUN_SETTINGS as settings, type RunSettings } from "#shared/schema/run-settings.ts";
import type { Choice } from "../engine/loader.ts";
import type { SpeedRange } from "#shared/schema/verdict.ts";
import type { EngineState } from "#shared/schema/engine.ts";
import { createPredict } from "./predict.ts";

const modelId = ModelId.parse("starter");
const model: LocalModel = {
    id: modelId,
    name: "Practice",
    fileName: "practice.gguf",
    sizeBytes: 1,
    isStarter: true,
    shape: sampleShapes.values().next().value ?? null,
    refusal: null,
};
const formula: SpeedRange = {
    lowTokensPerSecond: 56,
    middleTokensPerSecond: 72,
    highTokensPerSecond: 95,
    coverage: 0.8,
    confidence: "fair",
    origin: "estimated",
    limitedBy: "bandwidth",
    bytesPerToken: 1e8,
    bandwidthBytesPerSecond: 1e10,
};
const run: Measurement = {
    modelId,
    modelName: "Practice",
    measuredAt: 1,
    deviceKey: "a processor",
    engineBuild: "b1",
    settings,
    predictedTokensPerSecond: 72,
    predictedLowTokensPerSecond: 56,
    predictedHighTokensPerSecond: 95,
    measuredTokensPerSecond: 80,
    timeToFirstTokenMilliseconds: 300,
    promptTokens: 20,
    answerTokens: 100,
    isOnBattery: false,
};
/** The prediction after `runs`; with `standing`, of a model that is loaded with these settings. */
async function predictAfter(runs: Measurement[], { standing = null as RunSettings | null, asked = model } = {}) {
    const predictedFor: RunSettings[] = [];
    const choice: Choice = {
        settings,
        layerCount: 30,
        pools: [],
        predict: (wanted) => {
            predictedFor.push(wanted);
            return formula;
        },
        deviceKey: () => "a processor",
        isOnBattery: false,
    };
    const state: EngineState = {
        phase: "idle",
        progress: null,
        model: standing && { modelId, name: "Practice" },
        settings: standing,
        lowered: null,
        failure: null,
        loadMilliseconds: null,
        residentBytes: null,
        engineBuild: null,
        template: null,
    };
    const predict = createPredict({
        engine: { state: () => state, readHeldBytes: () => null },
        loader: { chosen: () => standing && { ...choice, modelId } },
        measurements: { list: async () => runs },
        settings: { get: () => Settings.parse({}) },
        chooseSettings: async () => choice,
    });
    return { predicted: await predict(asked), predictedFor };
}

describe("what is predicted for the next answer", () => {
    it("is the formula's before anything was measured, and what was measured after it", async () => {
        expect((await predictAfter([])).predicted).toEqual({
            lowTokensPerSecond: 56,
            middleTokensPerSecond: 72,
            highTokensPerSecond: 95,
        });
        expect((await predictAfter([run])).predicted).toEqual({
            lowTokensPerSecond: 72,
            middleTokensPerSecond: 80,
            highTokensPerSecond: expect.closeTo(88),
        });
    });

    it("takes no word from another device, however new: a profile that was moved, a described computer", async () => {
        const elsewhere = { ...run, deviceKey: "a card, card", measuredAt: 2, measuredTokensPerSecond: 200 };
        expect((await predictAfter([elsewhere])).predicted?.middleTokensPerSecond).toBe(72);
        expect((await predictAfter([elsewhere, run])).predicted?.middleTokensPerSecond).toBe(80);
    });

    it("moves by what another model measured here", async () => {
        const { predicted } = await predictAfter([
            { ...run, modelId: ModelId.parse("other"), measuredTokensPerSecond: 50 },
        ]);
        expect(predicted?.middleTokensPerSecond).toBeLessThan(72);
        expect(predicted?.middleTokensPerSecond).toBeGreaterThan(50);
    });

    it("holds for the settings it is loaded with, and is missing for a file that was not read", async () => {
        const loaded = { ...settings, contextTokens: 1024 };
        expect((await predictAfter([], { standing: loaded })).predictedFor).toEqual([loaded]);
        expect((await predictAfter([])).predictedFor).toEqual([settings]);
        expect((await predictAfter([], { asked: { ...model, shape: null } })).predicted).toBeNull();
    });
});
