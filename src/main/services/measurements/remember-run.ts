import type { AnswerStatistics } from "#shared/schema/answer.ts";
import type { ModelId } from "#shared/schema/ids.ts";
import type { Engine } from "../engine/engine.ts";
import type { Loader } from "../engine/loader.ts";
import type { Storage } from "../storage/storage.ts";

/** Fewer tokens give no rate worth a line. What estimates learn from is stricter (calibrate.ts: 32 tokens). */
const LEAST_SHOWN_TOKENS = 8;

/**
 * Keeps the speed of an answer beside what had been predicted for it; the shortest answers are left out. All it needs was
 * learned when the model was loaded, so an answer never waits for a scan or for the engine.
 */
export function createRememberRun({
    engine,
    loader,
    storage,
}: {
    engine: Pick<Engine, "state">;
    loader: Pick<Loader, "chosen">;
    storage: Pick<Storage, "measurements">;
}) {
    return async (modelId: ModelId, modelName: string, statistics: AnswerStatistics): Promise<void> => {
        const { settings, engineBuild } = engine.state();
        const chosen = loader.chosen();
        if (!settings || chosen?.modelId !== modelId) return;
        if (statistics.tokensPerSecond === null || statistics.answerTokens < LEAST_SHOWN_TOKENS) return;
        const predicted = chosen.predict(settings);
        await storage.measurements.add({
            modelId,
            modelName,
            measuredAt: Date.now(),
            deviceKey: chosen.deviceKey(settings),
            engineBuild: engineBuild ?? "unknown",
            settings,
            predictedTokensPerSecond: predicted?.middleTokensPerSecond ?? null,
            predictedLowTokensPerSecond: predicted?.lowTokensPerSecond ?? null,
            predictedHighTokensPerSecond: predicted?.highTokensPerSecond ?? null,
            measuredTokensPerSecond: statistics.tokensPerSecond,
            timeToFirstTokenMilliseconds: statistics.timeToFirstTokenMilliseconds,
            promptTokens: statistics.promptTokens,
            answerTokens: statistics.answerTokens,
            isOnBattery: chosen.isOnBattery,
        });
    };
}
