import type { Machine } from "../../schema/machine.ts";
import type { Measurement } from "../../schema/measurement.ts";
import type { RunSettings } from "../../schema/run-settings.ts";

/** As `Measurement` takes it, in UTF-16 units. */
const LONGEST_KEY = 200;

/** What a run with these settings holds for: the card's name where it takes part, else the processor's. */
export function deviceKeyOf({ gpus, cpu }: Pick<Machine, "gpus" | "cpu">, { gpuLayers }: RunSettings): string {
    const card = gpuLayers > 0 ? gpus[0] : undefined;
    return `${(card ?? cpu).name.value}, ${card ? "card" : "processor"}`.slice(0, LONGEST_KEY);
}

/** What was measured on this machine, card and processor; a described one was never measured. */
export const runsOn = (machine: Machine, runs: readonly Measurement[]): Measurement[] =>
    machine.kind === "described"
        ? []
        : runs.filter(({ deviceKey, settings }) => deviceKey === deviceKeyOf(machine, settings));
