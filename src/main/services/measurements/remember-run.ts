import type { AnswerStatistics } from "#shared/schema/answer.ts";
import type { ModelId } from "#shared/schema/ids.ts";
import type { Engine } from "../engine/engine.ts";
import type { ChooseSettings } from "../engine/procedures.ts";
import type { Hardware } from "../hardware/hardware.ts";
import type { Library } from "../models/library.ts";
import type { Storage } from "../storage/storage.ts";

/** Fewer tokens give no rate worth a line. What estimates learn from is stricter (calibrate.ts: 32 tokens). */
const LEAST_SHOWN_TOKENS = 8;

/** Keeps the speed of an answer beside what had been predicted for it; the shortest answers are left out. */
export function createRememberRun({
    engine,
    hardware,
    library,
    storage,
    chooseSettings,
}: {
    engine: Engine;
    hardware: Hardware;
    library: Library;
    storage: Storage;
    chooseSettings: ChooseSettings;
}) {
    return async (modelId: ModelId, modelName: string, statistics: AnswerStatistics): Promise<void> => {
        const { settings } = engine.state();
        if (!settings || statistics.tokensPerSecond === null || statistics.answerTokens < LEAST_SHOWN_TOKENS) return;
        const machine = await hardware.scan({ fresh: false });
        const { model } = await library.resolve(modelId);
        const { predicted } = await chooseSettings(model, settings);
        const { engineBuild } = await engine.readBackends().catch(() => ({ engineBuild: "unknown" }));
        await storage.measurements.add({
            modelId,
            modelName,
            measuredAt: Date.now(),
            deviceKey:
                `${machine.gpus[0]?.name.value ?? machine.cpu.name.value}, ${settings.gpuLayers > 0 ? "card" : "processor"}`.slice(
                    0,
                    200,
                ),
            engineBuild,
            settings,
            predictedTokensPerSecond: predicted?.middleTokensPerSecond ?? null,
            predictedLowTokensPerSecond: predicted?.lowTokensPerSecond ?? null,
            predictedHighTokensPerSecond: predicted?.highTokensPerSecond ?? null,
            measuredTokensPerSecond: statistics.tokensPerSecond,
            timeToFirstTokenMilliseconds: statistics.timeToFirstTokenMilliseconds,
            promptTokens: statistics.promptTokens,
            answerTokens: statistics.answerTokens,
            isOnBattery: machine.battery?.isOnBattery ?? false,
        });
    };
}
