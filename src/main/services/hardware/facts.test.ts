import { describe, expect, it } from "vitest";
import { joinMeasurement, joinThreads, wantsThreads } from "./facts.ts";

const facts = (bandwidthBytesPerSecond: number, measurements: number) => ({
    key: "k",
    bandwidthBytesPerSecond,
    measurements,
    threads: null,
});

describe("joinMeasurement", () => {
    it.each([
        ["the first", null, 10, false, facts(10, 1)],
        ["a higher one", facts(10, 1), 12, false, facts(12, 2)],
        ["a lower one", facts(10, 1), 8, false, facts(10, 2)],
        ["a first one while busy", null, 10, true, facts(10, 0)],
        ["one more while busy", facts(10, 0), 12, true, facts(12, 0)],
        ["a busy one after good ones", facts(10, 2), 30, true, facts(10, 2)],
        ["the first good one, whatever busy ones said", facts(30, 0), 20, false, facts(20, 1)],
    ])("%s", (_name, before, bytesPerSecond, isBusy, after) =>
        expect(joinMeasurement(before, { key: "k", bytesPerSecond, isBusy })).toEqual(after),
    );
});

const compared = (one: number, two: number, bytesPerToken = 100) => ({
    rates: [
        { threads: 1, tokensPerSecond: one },
        { threads: 2, tokensPerSecond: two },
    ],
    bytesPerToken,
});

describe("compared thread counts", () => {
    it("keep the highest of each count: other programs only make it lower", () => {
        const first = joinThreads(null, compared(60, 20));
        expect(first).toEqual({ ...compared(60, 20), measurements: 1 });
        expect(joinThreads(first, compared(50, 49, 90))).toEqual({ ...compared(60, 49), measurements: 2 });
    });

    it("of a clearly larger model stand alone, and those of a smaller one are not wanted", () => {
        const first = joinThreads(null, compared(60, 49));
        expect(joinThreads(first, compared(6, 9, 1000))).toEqual({ ...compared(6, 9, 1000), measurements: 1 });
        expect(wantsThreads(first, 1000)).toBe(true);
        expect(wantsThreads(first, 10)).toBe(false);
    });

    it("are taken three times", () => {
        expect(wantsThreads(null, 0)).toBe(true);
        let facts = joinThreads(null, compared(60, 49));
        for (let times = 1; times < 3; times++) {
            expect(wantsThreads(facts, 100)).toBe(true);
            facts = joinThreads(facts, compared(60, 49));
        }
        expect(wantsThreads(facts, 100)).toBe(false);
    });
});
