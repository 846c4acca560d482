import { changeOfPlan, type PlanChange } from "#shared/domain/plan-change.ts";
import { type Recommendation, recommend } from "#shared/domain/recommend.ts";
import type { CatalogModel } from "#shared/schema/catalog.ts";
import type { Machine } from "#shared/schema/machine.ts";
import type { Measurement } from "#shared/schema/measurement.ts";
import { SpeedModel } from "#shared/schema/speed-model.ts";
import speedModelFile from "../../../resources/data/speed-model.json";
import { useAllRuns, useCatalog } from "./queries.ts";

const speedModel = SpeedModel.parse(speedModelFile);

/**
 * False while nothing says how fast this computer reads its memory: every speed, and so the verdict, waits for it. The
 * probe measures it within seconds of the first scan.
 */
export const isSpeedKnown = ({ memory, gpus }: Machine): boolean =>
    memory.measuredBandwidthBytesPerSecond !== null ||
    memory.bandwidthBytesPerSecond !== null ||
    gpus.some(({ bandwidthBytesPerSecond }) => bandwidthBytesPerSecond !== null);

type Plan = { recommendation: Recommendation; change: PlanChange | null };

/** What we would run on this computer, by the rule of the pick, and why it is another plan than before. */
export function usePlan(machine: Machine | undefined) {
    const catalog = useCatalog();
    const runs = useAllRuns();
    const models = catalog.data?.models;
    const isKnown = machine !== undefined && models !== undefined && !runs.isPending;
    const plan = isKnown ? planFor(machine, models, runs.data ?? []) : undefined;
    return {
        recommendation: plan?.recommendation,
        change: plan?.change ?? null,
        error: catalog.error,
        again: () => void catalog.refetch(),
    };
}

function planFor(machine: Machine, catalog: CatalogModel[], runs: Measurement[]): Plan {
    const recommendation = recommend(machine, catalog, speedModel, runs);
    return { recommendation, change: changeOfPlan(recommendation, { machine, catalog, speedModel, runs }) };
}
