import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roundRange, roundSpeed, toWords } from "./speed.ts";

describe("speeds", () => {
    it.each([
        [0.34, 0.3],
        [0.97, 1],
        [4.4, 4],
        [9.6, 10],
        [21.4, 21],
        [143.2, 140],
        [229, 230],
        [1234, 1200],
    ])("%d is written %d: two significant digits, whole numbers under 10", (value, written) => {
        expect(roundSpeed(value)).toBe(written);
    });

    it("gives a range, or one figure where it is narrower than 10 %", () => {
        expect(roundRange(21.3, 33.2)).toEqual({ low: 21, high: 33 });
        expect(roundRange(35, 38)).toEqual({ about: 36 });
        expect(roundRange(3.6, 4.4)).toEqual({ about: 4 });
    });

    it("rounds each unit from the unrounded value: 28 to 43 tokens are 21 to 33 words", () => {
        expect(roundRange(28, 43)).toEqual({ low: 28, high: 43 });
        expect(roundRange(toWords(28), toWords(43))).toEqual({ low: 22, high: 33 });
    });

    it("keeps order and stays near", () => {
        fc.assert(
            fc.property(
                fc.double({ min: 0.1, max: 5000, noNaN: true }),
                fc.double({ min: 1, max: 4, noNaN: true }),
                (low, factor) => {
                    const range = roundRange(low, low * factor);
                    if ("about" in range) expect(range.about).toBeGreaterThanOrEqual(0);
                    else expect(range.low).toBeLessThan(range.high);
                },
            ),
        );
    });
});
