import { randomUUID } from "node:crypto";
import { readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { Failed } from "#shared/schema/failure.ts";
import { BrowseHandle } from "#shared/schema/ids.ts";

type Entry = { handle: BrowseHandle; name: string; kind: "folder" | "model"; sizeBytes: number | null };
const MOST_ENTRIES = 2000;

/**
 * Lets the window walk the granted roots without ever seeing or sending a path: each entry is a random handle. A link that
 * leads out of the roots is not followed.
 */
export function createBrowser(grantedRoots: string[]) {
    const pathByHandle = new Map<BrowseHandle, string>();
    const handleByPath = new Map<string, BrowseHandle>();

    const grant = (place: string): BrowseHandle => {
        const known = handleByPath.get(place);
        if (known) return known;
        const handle = BrowseHandle.parse(randomUUID());
        handleByPath.set(place, handle);
        pathByHandle.set(handle, place);
        return handle;
    };
    const readRoots = async (): Promise<string[]> => {
        const real = await Promise.all(grantedRoots.map((root) => realpath(root).catch(() => null)));
        return [...new Set(real.filter((root) => root !== null))];
    };
    const isInside = (roots: string[], place: string) =>
        roots.some((root) => place === root || place.startsWith(root.endsWith(path.sep) ? root : root + path.sep));

    const toPath = async (handle: BrowseHandle): Promise<string> => {
        const place = pathByHandle.get(handle);
        const real = place === undefined ? null : await realpath(place).catch(() => null);
        if (real === null || !isInside(await readRoots(), real)) throw new Failed({ code: "HANDLE_EXPIRED", data: {} });
        return real;
    };

    return {
        toPath,
        async list(
            handle: BrowseHandle | null,
        ): Promise<{ name: string; parent: BrowseHandle | null; entries: Entry[] }> {
            const roots = await readRoots();
            if (handle === null) {
                const entries = roots.map((root): Entry => ({
                    handle: grant(root),
                    name: path.basename(root) || root,
                    kind: "folder",
                    sizeBytes: null,
                }));
                return { name: "", parent: null, entries };
            }
            const folder = await toPath(handle);
            const found = await readdir(folder, { withFileTypes: true }).catch(() => []);
            const entries: Entry[] = [];
            for (const entry of found.toSorted((a, b) => a.name.localeCompare(b.name))) {
                if (entries.length >= MOST_ENTRIES) break;
                if (entry.name.startsWith(".")) continue;
                const place = path.join(folder, entry.name);
                const target = await stat(place).catch(() => null);
                if (!target) continue;
                if (entry.isSymbolicLink() && !isInside(roots, await realpath(place).catch(() => ""))) continue;
                const isModel = target.isFile() && entry.name.toLowerCase().endsWith(".gguf");
                if (!target.isDirectory() && !isModel) continue;
                entries.push({
                    handle: grant(place),
                    name: entry.name.normalize("NFC"),
                    kind: isModel ? "model" : "folder",
                    sizeBytes: isModel ? target.size : null,
                });
            }
            const up = path.dirname(folder);
            return {
                name: path.basename(folder),
                parent: isInside(roots, up) && up !== folder ? grant(up) : null,
                entries,
            };
        },
    };
}
