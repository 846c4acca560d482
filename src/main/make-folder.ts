import { mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { Failed } from "#shared/schema/failure.ts";

/**
 * Makes a folder and those above it, each for this user alone; throws FOLDER_UNUSABLE where it cannot. Not by `recursive`:
 * Node tries for ever under /proc, where a folder is missing and cannot be made (seen with Node 24.21).
 */
export function makeFolder(folder: string): void {
    try {
        makeOneByOne(path.resolve(folder));
    } catch {
        throw new Failed({ code: "FOLDER_UNUSABLE", data: { folder: folder.slice(0, 4096) } });
    }
}

function makeOneByOne(folder: string): void {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
    const above = path.dirname(folder);
    if (above !== folder) makeOneByOne(above);
    try {
        mkdirSync(folder, { mode: 0o700 });
    } catch (error) {
        // Another start may have been a moment ahead; a file of that name stays one.
        if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
    }
}
