import { describe, expect, it } from "vitest";
import { bestThreads, countsToProbe } from "./good-threads.ts";

const rates = (...pairs: [threads: number, tokensPerSecond: number][]) =>
    pairs.map(([threads, tokensPerSecond]) => ({ threads, tokensPerSecond }));

describe("thread counts", () => {
    it.each([
        [1, [1]],
        [2, [1, 2]],
        [4, [2, 3, 4]],
        [8, [4, 6, 8]],
        [12, [6, 9, 12]],
    ])("on %d cores compare %j", (cores, counts) => expect(countsToProbe(cores)).toEqual(counts));

    // hardware/README.md section 8: the two-core machine, quiet and busy, and the M3 Max.
    it.each([
        [rates([1, 62], [2, 49]), 1],
        [rates([1, 62], [2, 13]), 1],
        [rates([12, 29.2], [8, 46.8]), 8],
        [rates([4, 10], [8, 18]), 8],
        [rates([4, 10], [6, 10.3], [8, 10.4]), 4],
        [[], null],
    ])("of %j are best: %j", (measured, best) => expect(bestThreads(measured)).toBe(best));
});
