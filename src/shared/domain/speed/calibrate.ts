import type { Measurement } from "../../schema/measurement.ts";
import type { ModelId } from "../../schema/ids.ts";
import type { SpeedRange } from "../../schema/verdict.ts";

/** Fewest tokens of a steady decode that count as evidence (hardware/README.md section 8). */
export const LEAST_TOKENS = 32;
/** For the very model that was measured, the measurement with so much around it. */
const MEASURED_RANGE = 0.1;
const DEVICE_SPREAD = 0.2;
const ROW_SPREAD = 0.14;
const Z80 = 1.2816;

const usable = (runs: Measurement[]): Measurement[] =>
    runs.filter((run) => run.answerTokens >= LEAST_TOKENS && !run.isOnBattery);

/** At most one run per model, the newest, so that repeats do not count as evidence. */
function onePerModel(runs: Measurement[]): Measurement[] {
    const newest = new Map<ModelId, Measurement>();
    for (const run of runs) if (!newest.has(run.modelId)) newest.set(run.modelId, run);
    return [...newest.values()];
}

/**
 * Narrows a predicted range by what was measured here (newest first): shrinkage towards this machine's own mean. The model
 * that was itself measured gets its measurement. Runs on battery and short answers are left out.
 */
export function calibrate(predicted: SpeedRange, runs: Measurement[], modelId: ModelId): SpeedRange {
    const good = usable(runs);
    const own = good.find((run) => run.modelId === modelId);
    if (own) {
        const middle = own.measuredTokensPerSecond;
        return {
            ...predicted,
            lowTokensPerSecond: middle * (1 - MEASURED_RANGE),
            middleTokensPerSecond: middle,
            highTokensPerSecond: middle * (1 + MEASURED_RANGE),
            confidence: "good",
            origin: "measured",
        };
    }
    const logs = onePerModel(good).flatMap(({ measuredTokensPerSecond, predictedTokensPerSecond }) =>
        predictedTokensPerSecond === null ? [] : [Math.log(measuredTokensPerSecond / predictedTokensPerSecond)],
    );
    const n = logs.length;
    if (n === 0) return predicted;
    const device = DEVICE_SPREAD ** 2;
    const row = ROW_SPREAD ** 2;
    const weight = (n * device) / (n * device + row);
    const middle = predicted.middleTokensPerSecond * Math.exp((weight * logs.reduce((sum, log) => sum + log, 0)) / n);
    const s = Math.sqrt((device * row) / (n * device + row) + row);
    const factor = Math.exp(Z80 * s);
    return {
        ...predicted,
        lowTokensPerSecond: middle / factor,
        middleTokensPerSecond: middle,
        highTokensPerSecond: middle * factor,
        confidence: s <= 0.25 ? "good" : "fair",
    };
}
