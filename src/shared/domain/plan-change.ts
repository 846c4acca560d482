import type { CatalogModel } from "../schema/catalog.ts";
import type { Machine } from "../schema/machine.ts";
import type { Measurement } from "../schema/measurement.ts";
import type { SpeedModel } from "../schema/speed-model.ts";
import { type Recommendation, recommend } from "./recommend.ts";
import { isEvidence } from "./speed/calibrate.ts";
import { runsOn } from "./speed/device-key.ts";

/** The plan is another one than before an answer was measured, and which answer it was. */
export type PlanChange = {
    /** The newest answer alone, or several together. */
    by: "last" | "several";
    isSlower: boolean;
    /** The newest answer that counts as evidence; its prediction is known. */
    run: Measurement;
    before: Recommendation;
};

const isSame = (a: Recommendation, b: Recommendation): boolean =>
    a.headline === b.headline && a.pick?.model.id === b.pick?.model.id && a.pick?.verdict.kind === b.pick?.verdict.kind;

const isSlower = ({ measuredTokensPerSecond: measured, predictedTokensPerSecond: predicted }: Measurement): boolean =>
    predicted !== null && measured < predicted;

/**
 * Why the plan differs from what the reader saw before: the newest answer where the plan without it would be another,
 * else all of them. Null where no answer has changed it. `runs` are newest first.
 */
export function changeOfPlan(
    now: Recommendation,
    {
        machine,
        catalog,
        speedModel,
        runs,
    }: { machine: Machine; catalog: CatalogModel[]; speedModel: SpeedModel; runs: Measurement[] },
): PlanChange | null {
    const run = runsOn(machine, runs).find((each) => isEvidence(each) && each.predictedTokensPerSecond !== null);
    if (!run) return null;
    const withoutLast = recommend(
        machine,
        catalog,
        speedModel,
        runs.filter((each) => each !== run),
    );
    if (!isSame(withoutLast, now)) return { by: "last", isSlower: isSlower(run), run, before: withoutLast };
    const first = recommend(machine, catalog, speedModel, []);
    return isSame(first, now) ? null : { by: "several", isSlower: isSlower(run), run, before: first };
}
