import { copyFileSync } from "node:fs";
import path from "node:path";

/** The name under which a damaged file of ours is kept, beside itself. */
export const damagedName = (file: string, now: Date): string =>
    `${path.basename(file)}.bad-${now.toISOString().replaceAll(/[:.]/g, "-")}`;

/** Keeps a copy of a damaged file; false where the disk does not take it, and then the file must not be written over. */
export function keepDamaged(file: string, keptAs: string): boolean {
    try {
        copyFileSync(file, path.join(path.dirname(file), keptAs));
        return true;
    } catch {
        return false;
    }
}
