import { readFile } from "node:fs/promises";
import path from "node:path";
import { Failed, type Failure } from "#shared/schema/failure.ts";
import type { Log } from "../log/log.ts";
import { writeAtomically, writeFailure } from "../storage/atomic-file.ts";
import { damagedName, keepDamaged } from "../storage/keep-damaged.ts";

/**
 * `added-models.json`: the places of model files that the reader added. One change at a time, so that none takes away what
 * another put in; a damaged list is kept under another name before it is written anew, and that is said.
 */
export function createAddedFiles({
    dataFolder,
    log,
    now = () => new Date(),
}: {
    dataFolder: string;
    log: Log;
    now?: () => Date;
}) {
    const file = path.join(dataFolder, "added-models.json");
    let notice: Failure | null = null;
    let isKept = true;
    let changing: Promise<unknown> = Promise.resolve();

    const read = async (): Promise<string[]> => {
        let text: string;
        try {
            text = await readFile(file, "utf8");
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
            return sayDamaged([]);
        }
        const { places, isDamaged } = parse(text);
        return isDamaged ? sayDamaged(places) : places;
    };

    /** Once a damage: what was kept is not kept again at each look. */
    const sayDamaged = (places: string[]): string[] => {
        if (notice === null) {
            const keptAs = damagedName(file, now());
            isKept = keepDamaged(file, keptAs);
            // What is right of it takes its place, so that the next start does not keep it once more.
            if (isKept) void write(places).catch(() => undefined);
            else log.warn("models.keep-failed");
            notice = { code: "MODEL_LIST_DAMAGED", data: { keptAs: isKept ? keptAs : path.basename(file) } };
        }
        return places;
    };

    /** Throws READ_ONLY or DISK_FULL. */
    const write = async (places: string[]): Promise<void> => {
        if (!isKept) throw new Failed({ code: "READ_ONLY", data: { what: "data" } });
        try {
            await writeAtomically(file, JSON.stringify(places, null, 4));
        } catch (error) {
            throw new Failed(writeFailure(error, "data"));
        }
    };

    return {
        read,
        /** Puts the edited list in its place. Throws READ_ONLY or DISK_FULL. */
        change(edit: (places: string[]) => string[]): Promise<void> {
            const changed = changing.then(async () => write([...new Set(edit(await read()))]));
            changing = changed.catch(() => undefined);
            return changed;
        },
        notice: (): Failure | null => notice,
    };
}

/** What is right of it stays. */
function parse(text: string): { places: string[]; isDamaged: boolean } {
    try {
        const found: unknown = JSON.parse(text);
        if (!Array.isArray(found)) return { places: [], isDamaged: true };
        const places = found.filter((place) => typeof place === "string");
        return { places, isDamaged: places.length < found.length };
    } catch {
        return { places: [], isDamaged: true };
    }
}
