import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { Shell } from "../shell.ts";
import { findPaths } from "./paths.ts";
import { spawnChild } from "./spawn.ts";

const Package = z.object({ version: z.string() });

/** What the web host and the terminal commands give the services: folders and forked processes. */
export function createWebShell({
    root,
    entries,
    machineFile,
    catalogFile,
}: {
    /** The folder that holds package.json and resources/. */
    root: string;
    /** The folder of the built entries. */
    entries: string;
    machineFile: string | null;
    catalogFile: string | null;
}): Shell {
    const entry = (name: string) => path.join(entries, `${name}.js`);
    const threads = Number(process.env["HEARTH_THREADS"]);
    return {
        kind: "web",
        version: Package.parse(JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"))).version,
        paths: findPaths(root),
        spawnEngine: () => spawnChild(entry("engine")),
        spawnInspector: (memoryLimitMebibytes) =>
            spawnChild(entry("inspector"), { execArgv: [`--max-old-space-size=${memoryLimitMebibytes}`] }),
        storageEntry: entry("storage"),
        bandwidthEntry: entry("bandwidth"),
        threadsOverride: Number.isInteger(threads) && threads > 0 ? threads : null,
        machineFile,
        catalogFile,
    };
}
