import { chmodSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";

/**
 * Makes the profile folder readable by its owner alone (0700), and its files too (0600), at each start (bar B20). A file
 * system that keeps no modes is left as it is.
 */
export function secureFolder(folder: string): void {
    try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        chmodSync(folder, 0o700);
        for (const entry of readdirSync(folder, { withFileTypes: true }))
            if (entry.isFile()) chmodSync(path.join(folder, entry.name), 0o600);
            else if (entry.isDirectory()) chmodSync(path.join(folder, entry.name), 0o700);
    } catch {
        // A folder that cannot be written is told by the storage worker, with a sentence.
    }
}
