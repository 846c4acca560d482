import { beforeAll, expect, test } from "vitest";
import { speedModel } from "./catalog/data.fixtures.ts";
import { loadCatalogModels } from "./catalog/models.fixtures.ts";
import { describe } from "./machines.fixtures.ts";
import { recommend } from "./recommend.ts";
import type { CatalogModel } from "../schema/catalog.ts";
import type { ModelId } from "../schema/ids.ts";
import type { Measurement } from "../schema/measurement.ts";
import { DEFAULT_RUN_SETTINGS } from "../schema/run-settings.ts";
import { changeOfPlan } from "./plan-change.ts";

let catalog: CatalogModel[];
beforeAll(async () => {
    catalog = await loadCatalogModels();
});

const machine = {
    ...describe({ totalGiB: 24, freeGiB: 22, bandwidth: null, measuredBandwidth: 28e9, cpuClass: null, cores: 2 }),
    kind: "here" as const,
};
const run = (measured: number, changes: Partial<Measurement> = {}): Measurement => ({
    modelId: "starter" as ModelId,
    modelName: "Practice",
    measuredAt: 1,
    deviceKey: "A processor, processor",
    engineBuild: "b",
    settings: DEFAULT_RUN_SETTINGS,
    predictedTokensPerSecond: 100,
    predictedLowTokensPerSecond: 70,
    predictedHighTokensPerSecond: 140,
    measuredTokensPerSecond: measured,
    timeToFirstTokenMilliseconds: 1,
    promptTokens: 100,
    answerTokens: 100,
    isOnBattery: false,
    ...changes,
});
const changeBy = (runs: Measurement[]) =>
    changeOfPlan(recommend(machine, catalog, speedModel, runs), { machine, catalog, speedModel, runs });

test("without an answer, or with one that came as predicted, nothing changed", () => {
    expect(changeBy([])).toBeNull();
    expect(changeBy([run(100)])).toBeNull();
});

test("a slow answer that turns the plan is named as the cause, beside the plan before it", () => {
    const change = changeBy([run(30)]);
    expect(change).toMatchObject({ by: "last", isSlower: true });
    expect(change?.before).toEqual(recommend(machine, catalog, speedModel, []));
});

test("a second answer like the first leaves the plan, and both are the cause", () => {
    const second = run(30, { measuredAt: 2 });
    expect(changeBy([second, run(30)])).toMatchObject({ by: "several", isSlower: true, run: second });
});

test("answers too short or on battery explain nothing", () => {
    expect(changeBy([run(30, { answerTokens: 31 })])).toBeNull();
    expect(changeBy([run(30, { isOnBattery: true })])).toBeNull();
});

test("only what was measured on this device counts, and nothing for a described machine", () => {
    const other = run(30, { deviceKey: "NVIDIA GeForce RTX 4090, card", measuredAt: 2 });
    expect(changeBy([other])).toBeNull();
    expect(changeBy([other, run(30)])).toMatchObject({ by: "last", run: run(30) });
    const described = { ...machine, kind: "described" as const };
    expect(recommend(described, catalog, speedModel, [run(30)])).toEqual(recommend(described, catalog, speedModel, []));
});
