import { describe, expect, it } from "vitest";
import { downloadMilliseconds, roundDuration } from "./duration.ts";

describe("lengths of time", () => {
    it.each([
        [300, { value: 0.3, unit: "seconds" }],
        [4200, { value: 4, unit: "seconds" }],
        [119_400, { value: 119, unit: "seconds" }],
        [119_900, { value: 2, unit: "minutes" }],
        [300_000, { value: 5, unit: "minutes" }],
        [119.8 * 60_000, { value: 2, unit: "hours" }],
        [5 * 3_600_000, { value: 5, unit: "hours" }],
    ])("%d ms", (milliseconds, expected) => {
        expect(roundDuration(milliseconds)).toEqual(expected);
    });
    it("a 7.1 GB file on a line of 100 Mbit/s takes 9.5 minutes", () => {
        expect(downloadMilliseconds(7.1e9, 100)).toBe(568_000);
    });
});
