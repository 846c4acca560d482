import { expect, it } from "vitest";
import type { AnswerStatistics } from "#shared/schema/answer.ts";
import type { EngineState } from "#shared/schema/engine.ts";
import { ModelId } from "#shared/schema/ids.ts";
import type { Measurement } from "#shared/schema/measurement.ts";
import { DEFAULT_RUN_SETTINGS, type RunSettings } from "#shared/schema/run-settings.ts";
import type { SpeedRange } from "#shared/schema/verdict.ts";
import { createRememberRun } from "./remember-run.ts";

const modelId = ModelId.parse("file:a.gguf");
const settings: RunSettings = { ...DEFAULT_RUN_SETTINGS, contextTokens: 4096 };
const state: EngineState = {
    phase: "idle",
    progress: null,
    model: { modelId, name: "A" },
    settings,
    lowered: null,
    failure: null,
    loadMilliseconds: 1,
    residentBytes: null,
    engineBuild: "llama.cpp b7",
    template: null,
};
const statistics: AnswerStatistics = {
    promptTokens: 10,
    cachedTokens: 0,
    answerTokens: 40,
    timeToFirstTokenMilliseconds: 5,
    tokensPerSecond: 20,
    promptTokensPerSecond: 100,
    stopReason: "end",
};
const range = (middleTokensPerSecond: number): SpeedRange => ({
    lowTokensPerSecond: middleTokensPerSecond / 2,
    middleTokensPerSecond,
    highTokensPerSecond: middleTokensPerSecond * 2,
    coverage: 0.8,
    confidence: "good",
    origin: "estimated",
    limitedBy: "bandwidth",
    bytesPerToken: 1,
    bandwidthBytesPerSecond: 1,
});

function open(loadedId = modelId) {
    const kept: Measurement[] = [];
    const remember = createRememberRun({
        engine: { state: () => state },
        loader: {
            chosen: () => ({
                modelId: loadedId,
                // What was asked for; the engine took less.
                settings: { ...settings, contextTokens: 8192 },
                layerCount: 2,
                pools: [],
                predict: ({ contextTokens }) => range(contextTokens),
                deviceKey: ({ gpuLayers }) => `A processor, ${gpuLayers > 0 ? "card" : "processor"}`,
                isOnBattery: true,
            }),
        },
        storage: {
            measurements: { add: async (run) => void kept.push(run), list: async () => kept },
        },
    });
    return { kept, remember };
}

it("keeps what was measured beside what had been predicted, with what the load had learned", async () => {
    const { kept, remember } = open();
    await remember(modelId, "A", statistics);
    expect(kept).toHaveLength(1);
    expect(kept[0]).toMatchObject({
        modelId,
        deviceKey: "A processor, processor",
        engineBuild: "llama.cpp b7",
        settings,
        predictedTokensPerSecond: 4096,
        measuredTokensPerSecond: 20,
        isOnBattery: true,
    });
});

it("keeps nothing of a few words, nor of a model that it did not see loaded", async () => {
    const few = open();
    await few.remember(modelId, "A", { ...statistics, answerTokens: 7 });
    await few.remember(modelId, "A", { ...statistics, tokensPerSecond: null });
    const other = open(ModelId.parse("file:b.gguf"));
    await other.remember(modelId, "A", statistics);
    expect([...few.kept, ...other.kept]).toEqual([]);
});
