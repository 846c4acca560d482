import { expect, test } from "vitest";
import type { ModelId } from "#shared/schema/ids.ts";
import type { Measurement } from "#shared/schema/measurement.ts";
import { DEFAULT_RUN_SETTINGS } from "#shared/schema/run-settings.ts";
import { compareRuns } from "./closeness.ts";

const run = (modelId: string, measured: number, middle: number | null): Measurement => ({
    modelId: modelId as ModelId,
    modelName: modelId,
    measuredAt: 0,
    deviceKey: "d",
    engineBuild: "b",
    settings: DEFAULT_RUN_SETTINGS,
    predictedTokensPerSecond: middle,
    predictedLowTokensPerSecond: middle && middle / 2,
    predictedHighTokensPerSecond: middle && middle * 2,
    measuredTokensPerSecond: measured,
    timeToFirstTokenMilliseconds: 1,
    promptTokens: 1,
    answerTokens: 10,
    isOnBattery: false,
});

test("one line a model: the median of its answers beside the first prediction", () => {
    const lines = compareRuns([run("a", 40, 38), run("b", 9, null), run("a", 20, 30), run("a", 30, 30)]);
    expect(lines.map(({ name, answers, measured }) => [name, answers, measured])).toEqual([
        ["a", 3, 30],
        ["b", 1, 9],
    ]);
    expect(lines[0]?.predicted).toEqual({ low: 15, middle: 30, high: 60 });
    expect(lines[1]?.predicted).toBeNull();
});

test("ten answers have a spread, from the 10th to the 90th percentile; nine have none", () => {
    const ten = [21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31].map((speed) => run("a", speed, 20));
    expect(compareRuns(ten)[0]?.spread).toEqual({ low: 22, high: 30 });
    expect(compareRuns(ten.slice(0, 9))[0]?.spread).toBeNull();
});

test("nothing measured, nothing shown", () => {
    expect(compareRuns([])).toEqual([]);
});
