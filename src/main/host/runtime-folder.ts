import { createHash } from "node:crypto";
import { lstatSync, mkdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** A name of this user and this profile, for what cannot lie in the profile's folder. */
export const profileName = (dataFolder: string): string =>
    createHash("sha256").update(path.resolve(dataFolder)).digest("hex").slice(0, 16);

/** Where lock and socket lie when the profile's own folder cannot hold them: it is full, read-only, or its path too long. */
export const runtimeFolder = (dataFolder: string): string =>
    path.join(os.tmpdir(), `hearth-${process.getuid?.() ?? 0}-${profileName(dataFolder)}`);

/** True where it is a folder of this user that nobody else may enter. Its name can be guessed, so another may have made it. */
export function isOwn(folder: string): boolean {
    const found = lstatSync(folder, { throwIfNoEntry: false });
    if (!found?.isDirectory()) return false;
    return !process.getuid || (found.uid === process.getuid() && (found.mode & 0o077) === 0);
}

/** Makes it if need be; null where it is not this user's alone. */
export function openRuntimeFolder(dataFolder: string): string | null {
    const folder = runtimeFolder(dataFolder);
    try {
        mkdirSync(folder, { mode: 0o700 });
    } catch {
        // It is there already, or cannot be made: the look at it decides.
    }
    return isOwn(folder) ? folder : null;
}
