/** Ends of the axis, in words a second; each doubling is an eighth of it (design 4.2). */
const LEAST_WORDS_PER_SECOND = 0.5;
const DOUBLINGS = 8;

export const gaugeTicks = [0.5, 1, 2, 4, 8, 16, 32, 64, 128] as const;

/** Where a speed stands on the axis, 0 to 1; beyond its ends it stands at the end. */
export function gaugePosition(wordsPerSecond: number): number {
    return Math.min(1, Math.max(0, Math.log2(wordsPerSecond / LEAST_WORDS_PER_SECOND) / DOUBLINGS));
}

/** On which side of a predicted range a measured speed lies; null: within it. */
export const sideOf = (predicted: { low: number; high: number }, measured: number): "slower" | "faster" | null =>
    measured < predicted.low ? "slower" : measured > predicted.high ? "faster" : null;

export const isBelowGauge = (wordsPerSecond: number): boolean => wordsPerSecond < LEAST_WORDS_PER_SECOND;
