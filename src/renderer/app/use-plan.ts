import { recommend } from "#shared/domain/recommend.ts";
import type { Machine } from "#shared/schema/machine.ts";
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

/** What we would run on this computer, by the rule of the pick. */
export function usePlan(machine: Machine | undefined) {
    const catalog = useCatalog();
    const runs = useAllRuns();
    const isKnown = machine !== undefined && catalog.data !== undefined && !runs.isPending;
    return {
        recommendation: isKnown ? recommend(machine, catalog.data.models, speedModel, runs.data ?? []) : undefined,
        error: catalog.error,
        again: () => void catalog.refetch(),
    };
}
