import type { ModelId } from "../../schema/ids.ts";
import type { Measurement } from "../../schema/measurement.ts";
import type { RunSettings } from "../../schema/run-settings.ts";
import type { SpeedRange } from "../../schema/verdict.ts";
import { confidenceOf } from "./predict-decode.ts";

/** Fewest tokens of a steady decode that count as evidence (hardware/README.md section 8). */
const LEAST_TOKENS = 32;
/** For the very model that was measured, the measurement with so much around it. */
const MEASURED_RANGE = 0.1;
/** How far one run strays from its device's own mean, in ln: s_row of most classes. */
const ROW_SPREAD = 0.14;
const LEAST_DEVICE_SPREAD = 0.05;
const Z80 = 1.2816;
/** Newest runs of a model of which the median stands for it. */
const OWN_RUNS = 5;

/** True for runs that estimates learn from: steady and on mains power. */
export const isEvidence = (run: Measurement): boolean => run.answerTokens >= LEAST_TOKENS && !run.isOnBattery;

/** Newest first; only steady runs on mains power, only of this device, and only of the engine build of the newest. */
function usable(runs: readonly Measurement[], deviceKey: string): Measurement[] {
    const good = runs
        .filter((run) => run.deviceKey === deviceKey && isEvidence(run))
        .toSorted((a, b) => b.measuredAt - a.measuredAt);
    return good.filter(({ engineBuild }) => engineBuild === good[0]?.engineBuild);
}

/** The newest run per model and doubling of depth, so that repeats do not count as evidence. */
function independent(runs: readonly Measurement[]): Measurement[] {
    const newest = new Map<string, Measurement>();
    for (const run of runs) {
        const band = Math.floor(Math.log2(Math.max(1, run.promptTokens + run.answerTokens / 2)));
        const key = `${run.modelId} ${band}`;
        if (!newest.has(key)) newest.set(key, run);
    }
    return [...newest.values()];
}

const isSameWay = (run: Measurement, settings: RunSettings): boolean =>
    run.settings.gpuLayers === settings.gpuLayers && run.settings.cacheType === settings.cacheType;

/** What is predicted: a model, with these settings, on the device that they put it on (`deviceKeyOf`). */
type Predicted = { modelId: ModelId; settings: RunSettings; deviceKey: string };

/**
 * Narrows a predicted range by what was measured here: shrinkage towards this machine's own mean (hardware/README.md
 * section 8). The model that was itself measured, with layers and cache as in `settings`, gets its measurement. Runs on
 * battery, short answers and runs of another device or engine build are left out.
 */
export function calibrate(
    predicted: SpeedRange,
    runs: readonly Measurement[],
    { modelId, settings, deviceKey }: Predicted,
): SpeedRange {
    const good = usable(runs, deviceKey);
    const own = good
        .filter((run) => run.modelId === modelId && isSameWay(run, settings))
        .slice(0, OWN_RUNS)
        .map((run) => run.measuredTokensPerSecond)
        .toSorted((a, b) => a - b);
    const measured = own[Math.floor(own.length / 2)];
    if (measured !== undefined)
        return {
            ...predicted,
            lowTokensPerSecond: measured * (1 - MEASURED_RANGE),
            middleTokensPerSecond: measured,
            highTokensPerSecond: measured * (1 + MEASURED_RANGE),
            confidence: "good",
            origin: "measured",
        };
    const logs = independent(good).flatMap(({ measuredTokensPerSecond, predictedTokensPerSecond }) =>
        predictedTokensPerSecond === null ? [] : [Math.log(measuredTokensPerSecond / predictedTokensPerSecond)],
    );
    return logs.length === 0 ? predicted : shrink(predicted, logs);
}

function shrink(predicted: SpeedRange, logs: readonly number[]): SpeedRange {
    const n = logs.length;
    const spread = Math.log(predicted.highTokensPerSecond / predicted.middleTokensPerSecond) / Z80;
    const row = ROW_SPREAD ** 2;
    // The range holds the spreads of device and row together; what is not the row's is the device's.
    const device = Math.max(LEAST_DEVICE_SPREAD ** 2, spread ** 2 - row);
    const weight = (n * device) / (n * device + row);
    const mean = logs.reduce((sum, log) => sum + log, 0) / n;
    const middle = predicted.middleTokensPerSecond * Math.exp(weight * mean);
    const narrowed = Math.min(spread, Math.sqrt((device * row) / (n * device + row) + row));
    const factor = Math.exp(Z80 * narrowed);
    return {
        ...predicted,
        lowTokensPerSecond: middle / factor,
        middleTokensPerSecond: middle,
        highTokensPerSecond: middle * factor,
        confidence: confidenceOf(narrowed),
    };
}
