import { availableParallelism } from "node:os";
import { applyLimit } from "#shared/domain/fit/smaller-settings.ts";
import { bestSettings, judge } from "#shared/domain/fit/verdict.ts";
import { PICK_CONTEXT_TOKENS, planMachine } from "#shared/domain/recommend.ts";
import { deviceKeyOf } from "#shared/domain/speed/device-key.ts";
import { predictDecode } from "#shared/domain/speed/predict-decode.ts";
import type { CatalogModel } from "#shared/schema/catalog.ts";
import type { Machine } from "#shared/schema/machine.ts";
import type { SpeedModel } from "#shared/schema/speed-model.ts";
import type { ChooseSettings } from "./services/engine/loader.ts";
import type { Hardware } from "./services/hardware/hardware.ts";
import type { DataFiles } from "./services/models/catalog.ts";

/** The machine with the memory that is free now, and what ending the engine gives back, in place of what was free at the scan. */
async function machineNow(hardware: Hardware, machine: Machine, heldBytes: number): Promise<Machine> {
    const { totalBytes, freeBytes } = await hardware.readMemoryNow();
    const withHeld = Math.min(totalBytes, freeBytes + heldBytes);
    const memory = { ...machine.memory, freeBytes: { ...machine.memory.freeBytes, value: withHeld } };
    if (machine.kind === "here") return { ...machine, memory };
    // A described machine stands on screen; what is loaded runs on this computer, so its memory and cores count here.
    const threads = Math.max(1, Math.floor(availableParallelism() / 2));
    return {
        ...machine,
        gpus: [],
        memory: { ...memory, totalBytes: { ...memory.totalBytes, value: totalBytes } },
        threads: { ...machine.threads, value: Math.min(machine.threads.value, threads) },
    };
}

/** The machine of the plan on screen: without a card that the plan leaves out. */
function asPlanned(machine: Machine, catalog: CatalogModel[] | null, speedModel: SpeedModel): Machine {
    return catalog ? planMachine(machine, catalog, speedModel) : machine;
}

/** The settings and the memory of the verdict, which the load guard compares with what is free now: one number everywhere. */
export function createChooseSettings({
    hardware,
    data,
}: {
    hardware: Hardware;
    data: Pick<DataFiles, "loadSpeedModel" | "loadCatalog">;
}): ChooseSettings {
    return async (model, { wanted, heldBytes, limit }) => {
        const { shape } = model;
        if (!shape) throw new Error("a model without a shape is never loaded");
        const speedModel = await data.loadSpeedModel();
        // A damaged catalog is said elsewhere; a file can be loaded all the same.
        const catalog = await data.loadCatalog().catch(() => null);
        const scanned = await hardware.scan({ fresh: false });
        const planned = asPlanned(scanned, catalog?.models ?? null, speedModel);
        const now = await machineNow(hardware, planned, heldBytes);
        const best = wanted ?? bestSettings(now, shape, PICK_CONTEXT_TOKENS);
        const settings = limit ? applyLimit(best, limit) : best;
        // What the reader asks for may use the card that the plan leaves out.
        const judged = wanted && scanned.kind === "here" ? { ...now, gpus: scanned.gpus } : now;
        return {
            settings,
            layerCount: shape.layers.length,
            pools: judge(judged, shape, settings, speedModel).pools,
            predict: (used) => predictDecode(judged, shape, used, speedModel),
            deviceKey: (used) => deviceKeyOf(scanned, used),
            isOnBattery: scanned.battery?.isOnBattery ?? false,
        };
    };
}
