import { expect, test } from "vitest";
import { gaugePosition, isBelowGauge, sideOf } from "./gauge-axis.ts";

test("each doubling is an eighth of the axis", () => {
    expect([0.5, 1, 4, 16, 128].map(gaugePosition)).toEqual([0, 0.125, 0.375, 0.625, 1]);
});

test("a speed at the edge of what was predicted is within it", () => {
    const predicted = { low: 20, high: 30 };
    expect([19.9, 20, 30, 30.1].map((measured) => sideOf(predicted, measured))).toEqual([
        "slower",
        null,
        null,
        "faster",
    ]);
});

test("what is beyond the axis stands at its end", () => {
    expect([gaugePosition(0.1), gaugePosition(500)]).toEqual([0, 1]);
    expect([isBelowGauge(0.49), isBelowGauge(0.5)]).toEqual([true, false]);
});
