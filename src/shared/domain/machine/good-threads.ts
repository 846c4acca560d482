import type { ThreadRate } from "../../schema/engine.ts";

/**
 * Threads for the engine before any are measured: two slow each other down on two cores (stack.md 5.1), elsewhere one a
 * physical core.
 */
export const goodThreads = (physicalCores: number): number => (physicalCores <= 2 ? 1 : physicalCores);

/** More threads must earn this much: they keep the computer busy, and a difference below it is noise. */
const WORTH_IT = 1.05;

/** Thread counts worth comparing, fewest first: half the cores, three quarters, all. One core leaves no choice. */
export const countsToProbe = (physicalCores: number): number[] => [
    ...new Set([Math.ceil(physicalCores / 2), Math.ceil(physicalCores * 0.75), physicalCores]),
];

/** The count that writes fastest; of those nearly as fast, the fewest. Null: nothing was measured. */
export function bestThreads(rates: readonly ThreadRate[]): number | null {
    let best: ThreadRate | null = null;
    for (const rate of rates.toSorted((a, b) => a.threads - b.threads))
        if (!best || rate.tokensPerSecond > best.tokensPerSecond * WORTH_IT) best = rate;
    return best?.threads ?? null;
}
