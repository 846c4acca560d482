import { describe, expect, it } from "vitest";
import { joinMeasurement } from "./facts.ts";

const facts = (bandwidthBytesPerSecond: number, measurements: number) => ({
    key: "k",
    bandwidthBytesPerSecond,
    measurements,
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
