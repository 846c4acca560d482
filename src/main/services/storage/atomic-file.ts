import { setTimeout as wait } from "node:timers/promises";
import writeFileAtomic from "write-file-atomic";
import type { Failure } from "#shared/schema/failure.ts";

/** Antivirus on Windows holds fresh files for a moment: tried again with growing pauses, 10 seconds at most. */
const PAUSES_MILLISECONDS = [50, 100, 200, 400, 800, 1600, 3000, 3850];

/** Writes beside the file, flushes, renames; mode 0600. Either the old or the new text is there, never a part. */
export async function writeAtomically(file: string, text: string): Promise<void> {
    for (const pause of [...PAUSES_MILLISECONDS, null]) {
        try {
            await writeFileAtomic(file, text, { mode: 0o600 });
            return;
        } catch (error) {
            const code = (error as NodeJS.ErrnoException).code;
            if (pause === null || (code !== "EPERM" && code !== "EBUSY") || process.platform !== "win32") throw error;
            await wait(pause);
        }
    }
}

/** Why a file of the profile could not be written, as the window says it. */
export function writeFailure(error: unknown, what: "data" | "settings"): Failure {
    const code = (error as NodeJS.ErrnoException).code;
    return code === "ENOSPC" || code === "EDQUOT"
        ? { code: "DISK_FULL", data: { neededBytes: null, freeBytes: null } }
        : { code: "READ_ONLY", data: { what } };
}
