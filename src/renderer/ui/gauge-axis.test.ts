import { expect, test } from "vitest";
import { gaugePosition, isBelowGauge } from "./gauge-axis.ts";

test("each doubling is an eighth of the axis", () => {
    expect([0.5, 1, 4, 16, 128].map(gaugePosition)).toEqual([0, 0.125, 0.375, 0.625, 1]);
});

test("what is beyond the axis stands at its end", () => {
    expect([gaugePosition(0.1), gaugePosition(500)]).toEqual([0, 1]);
    expect([isBelowGauge(0.49), isBelowGauge(0.5)]).toEqual([true, false]);
});
