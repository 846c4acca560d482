import os from "node:os";
import path from "node:path";
import type { Paths } from "../shell.ts";

/** The per-user folders of the system; scripts/fetch-starter.mjs says the same of the cache. HEARTH_* override each. */
export function findPaths(root: string, env: NodeJS.ProcessEnv = process.env): Paths {
    const home = os.homedir();
    const places = systemPlaces(home, env);
    const data = env["HEARTH_DATA"] ?? places.data;
    return {
        data,
        models: env["HEARTH_MODELS"] ?? path.join(places.data, "models"),
        cache: env["HEARTH_CACHE"] ?? places.cache,
        resources: path.join(root, "resources"),
        renderer: path.join(root, "out", "renderer"),
        browseRoots: env["HEARTH_BROWSE"]?.split(path.delimiter) ?? [home],
    };
}

function systemPlaces(home: string, env: NodeJS.ProcessEnv): { data: string; cache: string } {
    if (process.platform === "darwin")
        return {
            data: path.join(home, "Library", "Application Support", "Hearth"),
            cache: path.join(home, "Library", "Caches", "Hearth"),
        };
    if (process.platform === "win32") {
        const local = env["LOCALAPPDATA"] ?? path.join(home, "AppData", "Local");
        return { data: path.join(local, "Hearth"), cache: path.join(local, "Hearth", "Cache") };
    }
    return {
        data: path.join(env["XDG_DATA_HOME"] ?? path.join(home, ".local", "share"), "hearth"),
        cache: path.join(env["XDG_CACHE_HOME"] ?? path.join(home, ".cache"), "hearth"),
    };
}
