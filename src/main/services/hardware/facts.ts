import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { writeAtomically } from "../storage/atomic-file.ts";

const Facts = z.object({ key: z.string(), bandwidthBytesPerSecond: z.number().positive().nullable() });
export type Facts = z.infer<typeof Facts>;

/** What was measured on this computer before; another processor or memory size starts anew. */
export function createFactsFile(dataFolder: string) {
    const file = path.join(dataFolder, "machine-facts.json");
    return {
        read(key: string): Facts {
            const none: Facts = { key, bandwidthBytesPerSecond: null };
            try {
                const found = Facts.parse(JSON.parse(readFileSync(file, "utf8")));
                return found.key === key ? found : none;
            } catch {
                return none;
            }
        },
        /** A disk that refuses it costs a new measurement at the next start. */
        write: (facts: Facts): Promise<void> =>
            writeAtomically(file, `${JSON.stringify(facts, null, 4)}\n`).catch(() => undefined),
    };
}
