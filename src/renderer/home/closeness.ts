import type { ModelId } from "#shared/schema/ids.ts";
import type { Measurement } from "#shared/schema/measurement.ts";

export type Close = {
    modelId: ModelId;
    name: string;
    answers: number;
    /** Tokens a second, as first predicted for this model on this device; null: nothing was. */
    predicted: { low: number; middle: number; high: number } | null;
    /** Tokens a second, the median of its answers. */
    measured: number;
};

/** Predicted beside measured, one line a model, in the order last used. `runs` are newest first. */
export function compareRuns(runs: Measurement[]): Close[] {
    const byModel = Map.groupBy(runs, ({ modelId }) => modelId);
    return [...byModel].flatMap(([modelId, own]) => {
        const newest = own[0];
        if (!newest) return [];
        const speeds = own.map(({ measuredTokensPerSecond }) => measuredTokensPerSecond).toSorted((a, b) => a - b);
        const half = (speeds.length - 1) / 2;
        const measured = ((speeds[Math.floor(half)] ?? 0) + (speeds[Math.ceil(half)] ?? 0)) / 2;
        // The first prediction: later ones already know what was measured.
        const first = own.findLast(({ predictedTokensPerSecond }) => predictedTokensPerSecond !== null);
        const low = first?.predictedLowTokensPerSecond;
        const middle = first?.predictedTokensPerSecond;
        const high = first?.predictedHighTokensPerSecond;
        const predicted = low && middle && high ? { low, middle, high } : null;
        return [{ modelId, name: newest.modelName, answers: own.length, predicted, measured }];
    });
}
