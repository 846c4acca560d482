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
    /** 10th to 90th percentile of its answers; null under ten of them. */
    spread: { low: number; high: number } | null;
};

const LEAST_FOR_SPREAD = 10;

/** The value below which so large a share of `sorted` lies, between two of them where it falls between. */
function percentile(sorted: number[], share: number): number {
    const place = share * (sorted.length - 1);
    const low = sorted[Math.floor(place)] ?? 0;
    return low + ((sorted[Math.ceil(place)] ?? low) - low) * (place % 1);
}

/** Predicted beside measured, one line a model, in the order last used. `runs` are newest first. */
export function compareRuns(runs: Measurement[]): Close[] {
    const byModel = Map.groupBy(runs, ({ modelId }) => modelId);
    return [...byModel].flatMap(([modelId, own]) => {
        const newest = own[0];
        if (!newest) return [];
        const speeds = own.map(({ measuredTokensPerSecond }) => measuredTokensPerSecond).toSorted((a, b) => a - b);
        const measured = percentile(speeds, 0.5);
        const spread =
            speeds.length < LEAST_FOR_SPREAD ? null : { low: percentile(speeds, 0.1), high: percentile(speeds, 0.9) };
        // The first prediction: later ones already know what was measured.
        const first = own.findLast(({ predictedTokensPerSecond }) => predictedTokensPerSecond !== null);
        const low = first?.predictedLowTokensPerSecond;
        const middle = first?.predictedTokensPerSecond;
        const high = first?.predictedHighTokensPerSecond;
        const predicted = low && middle && high ? { low, middle, high } : null;
        return [{ modelId, name: newest.modelName, answers: own.length, predicted, measured, spread }];
    });
}
