import type { App } from "electron";
import path from "node:path";
import { findPaths } from "../host/paths.ts";
import type { Shell } from "../shell.ts";
import { spawnUtility } from "./spawn.ts";

/** What Electron gives the services: its folders and utility processes. */
export function createElectronShell({
    app,
    root,
    entries,
    machineFile,
    catalogFile,
}: {
    app: App;
    root: string;
    entries: string;
    machineFile: string | null;
    catalogFile: string | null;
}): Shell {
    const threads = Number(process.env["HEARTH_THREADS"]);
    const entry = (name: string) => path.join(entries, `${name}.js`);
    return {
        kind: "electron",
        version: app.getVersion(),
        paths: findPaths(root),
        spawnEngine: () => spawnUtility(entry("engine")),
        spawnInspector: (memoryLimitMebibytes) =>
            spawnUtility(entry("inspector"), { execArgv: [`--max-old-space-size=${memoryLimitMebibytes}`] }),
        storageEntry: entry("storage"),
        bandwidthEntry: entry("bandwidth"),
        threadsOverride: Number.isInteger(threads) && threads > 0 ? threads : null,
        machineFile,
        catalogFile,
    };
}
