import { chmodSync, readdirSync } from "node:fs";
import path from "node:path";
import { makeFolder } from "../../make-folder.ts";

/**
 * Makes the profile folder readable by its owner alone (0700), and its files too (0600), at each start (bar B20). What keeps
 * no modes, or is another user's, is left as it is and stops nothing else. Throws FOLDER_UNUSABLE.
 */
export function secureFolder(folder: string): void {
    makeFolder(folder);
    restrict(folder, 0o700);
    for (const entry of readdirSync(folder, { withFileTypes: true }))
        if (entry.isFile()) restrict(path.join(folder, entry.name), 0o600);
        else if (entry.isDirectory()) restrict(path.join(folder, entry.name), 0o700);
}

function restrict(place: string, mode: number): void {
    try {
        chmodSync(place, mode);
    } catch {
        // A folder that cannot be written is told by the storage worker, with a sentence.
    }
}
