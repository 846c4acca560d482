import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { ThreadRate } from "#shared/schema/engine.ts";
import type { Machine } from "#shared/schema/machine.ts";
import { writeAtomically } from "../storage/atomic-file.ts";

const ThreadFacts = z.object({
    /** The highest of each count: other programs only ever make it lower. */
    rates: z.array(ThreadRate).min(1),
    /** Of the model they were measured with: a larger one tells more. */
    bytesPerToken: z.number().nonnegative(),
    measurements: z.number().int().positive(),
});
export type ThreadFacts = z.infer<typeof ThreadFacts>;

const Facts = z.object({
    key: z.string(),
    /** Null: not measured yet, though something else was. */
    bandwidthBytesPerSecond: z.number().positive().nullable(),
    /** How many were taken undisturbed. */
    measurements: z.number().int().nonnegative(),
    threads: ThreadFacts.nullable().default(null),
});
export type Facts = z.infer<typeof Facts>;

/** Models whose weights differ by less are alike to threads. */
const ALIKE = 1.25;
/** Then the highest rates stand. */
const ENOUGH_THREAD_MEASUREMENTS = 3;

/** Whether another comparison of thread counts, with a model of this size, would tell more. */
export function wantsThreads(before: ThreadFacts | null, bytesPerToken: number): boolean {
    if (before === null || bytesPerToken > before.bytesPerToken * ALIKE) return true;
    return bytesPerToken * ALIKE >= before.bytesPerToken && before.measurements < ENOUGH_THREAD_MEASUREMENTS;
}

/** One more comparison: a clearly larger model's stands alone, otherwise the highest of each count. */
export function joinThreads(
    before: ThreadFacts | null,
    { rates, bytesPerToken }: Pick<ThreadFacts, "rates" | "bytesPerToken">,
): ThreadFacts {
    if (before === null || bytesPerToken > before.bytesPerToken * ALIKE)
        return { rates, bytesPerToken, measurements: 1 };
    const highest = new Map(before.rates.map(({ threads, tokensPerSecond }) => [threads, tokensPerSecond]));
    for (const { threads, tokensPerSecond } of rates)
        highest.set(threads, Math.max(highest.get(threads) ?? 0, tokensPerSecond));
    return {
        rates: [...highest].map(([threads, tokensPerSecond]) => ({ threads, tokensPerSecond })),
        bytesPerToken: Math.max(before.bytesPerToken, bytesPerToken),
        measurements: before.measurements + 1,
    };
}

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
        threads: before?.threads ?? null,
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
