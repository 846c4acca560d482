import { availableParallelism } from "node:os";
import { sumParts } from "#shared/domain/fit/estimate.ts";
import { bestSettings, judge } from "#shared/domain/fit/verdict.ts";
import type { Machine } from "#shared/schema/machine.ts";
import type { RunSettings } from "#shared/schema/run-settings.ts";
import type { SpeedModel } from "#shared/schema/speed-model.ts";
import { PICK_CONTEXT_TOKENS } from "#shared/domain/recommend.ts";
import type { ChooseSettings } from "./services/engine/procedures.ts";
import type { Hardware } from "./services/hardware/hardware.ts";

/** The machine with the memory that is free now in place of what was free at the scan. */
async function machineNow(hardware: Hardware): Promise<Machine> {
    const machine = await hardware.scan({ fresh: false });
    const { totalBytes, freeBytes } = await hardware.readMemoryNow();
    // A described machine stands on screen; what is loaded runs on this computer, so its memory and cores count here.
    if (machine.kind === "described") {
        const threads = Math.max(1, Math.floor(availableParallelism() / 2));
        return {
            ...machine,
            gpus: [],
            memory: {
                ...machine.memory,
                totalBytes: { ...machine.memory.totalBytes, value: totalBytes },
                freeBytes: { ...machine.memory.freeBytes, value: freeBytes },
            },
            threads: { ...machine.threads, value: Math.min(machine.threads.value, threads) },
        };
    }
    return { ...machine, memory: { ...machine.memory, freeBytes: { ...machine.memory.freeBytes, value: freeBytes } } };
}

/** The settings and the sum of the verdict, which the load guard compares with what is free now: one number everywhere. */
export function createChooseSettings({
    hardware,
    loadSpeedModel,
}: {
    hardware: Hardware;
    loadSpeedModel: () => Promise<SpeedModel>;
}): ChooseSettings {
    return async (model, wanted) => {
        const machine = await machineNow(hardware);
        if (!model.shape) throw new Error("a model without a shape is never loaded");
        const settings: RunSettings = wanted ?? bestSettings(machine, model.shape, PICK_CONTEXT_TOKENS);
        const verdict = judge(machine, model.shape, settings, await loadSpeedModel());
        const tightest = verdict.pools.toSorted((a, b) => b.needBytes - b.freeBytes - (a.needBytes - a.freeBytes))[0];
        return {
            settings,
            neededBytes: tightest ? sumParts(tightest.parts) : 0,
            freeBytes: tightest?.freeBytes ?? 0,
            predicted: verdict.decode,
        };
    };
}
