import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { Machine } from "#shared/schema/machine.ts";
import { writeAtomically } from "../storage/atomic-file.ts";

const Facts = z.object({
    key: z.string(),
    bandwidthBytesPerSecond: z.number().positive(),
    /** How many were taken undisturbed. */
    measurements: z.number().int().nonnegative(),
});
export type Facts = z.infer<typeof Facts>;

/** What a measured bandwidth holds for: another processor or memory size starts anew. */
export const factsKey = ({ cpu, memory }: Machine): string =>
    `${cpu.name.value}, ${cpu.physicalCores.value} cores, ${Math.round(memory.totalBytes.value / 2 ** 30)} GiB`;

/**
 * One more measurement: other programs make it read low, so the highest stands. One taken on a busy computer serves until
 * there is a better one, and is not counted.
 */
export function joinMeasurement(
    before: Facts | null,
    { key, bytesPerSecond, isBusy }: { key: string; bytesPerSecond: number; isBusy: boolean },
): Facts {
    const counted = before?.measurements ?? 0;
    const isFirstGood = !isBusy && counted === 0;
    return {
        key,
        bandwidthBytesPerSecond: isFirstGood
            ? bytesPerSecond
            : Math.max(before?.bandwidthBytesPerSecond ?? 0, isBusy && counted > 0 ? 0 : bytesPerSecond),
        measurements: counted + (isBusy ? 0 : 1),
    };
}

/** `machine-facts.json` in the profile: what was measured on this computer before. */
export function createFactsFile(dataFolder: string) {
    const file = path.join(dataFolder, "machine-facts.json");
    return {
        /** Null: not measured, measured for another machine, or the file is damaged. */
        read(key: string): Facts | null {
            try {
                const found = Facts.parse(JSON.parse(readFileSync(file, "utf8")));
                return found.key === key ? found : null;
            } catch {
                return null;
            }
        },
        /** A disk that refuses it costs a new measurement at the next start. */
        write: (facts: Facts): Promise<void> =>
            writeAtomically(file, `${JSON.stringify(facts, null, 4)}\n`).catch(() => undefined),
    };
}
