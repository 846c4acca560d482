// Builds Hearth, and notes when all of it was built: a build that failed or was interrupted leaves no note behind.
import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { root, runTool } from "./tools.mjs";

const sources = ["src", "resources", "package-lock.json", "electron.vite.config.ts"];
const parts = ["main/web-host.js", "main/cli.js", "main/engine.js", "preload/index.cjs", "renderer/index.html"];

/** Newest change of a file, or below a folder, in milliseconds since 1970. */
function newest(place) {
    if (!statSync(place).isDirectory()) return statSync(place).mtimeMs;
    return readdirSync(place, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .reduce((latest, entry) => Math.max(latest, statSync(path.join(entry.parentPath, entry.name)).mtimeMs), 0);
}

/** True where all of Hearth was built after the last change of its sources. */
export function isBuilt(folder = root) {
    const out = path.join(folder, "out");
    const note = path.join(out, "built");
    if (![note, ...parts.map((part) => path.join(out, part))].every((file) => existsSync(file))) return false;
    const changed = sources.map((source) => path.join(folder, source)).filter((place) => existsSync(place));
    return statSync(note).mtimeMs >= Math.max(...changed.map(newest));
}

/** Returns the exit code: 0 when every part is there. What changes while it builds is built the next time. */
export function build({ folder = root, run = () => runTool("electron-vite", ["build", "--logLevel", "warn"]) } = {}) {
    const note = path.join(folder, "out", "built");
    rmSync(note, { force: true });
    const begun = new Date();
    const code = run();
    if (code === 0) {
        writeFileSync(note, begun.toISOString());
        utimesSync(note, begun, begun);
    }
    return code;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.exit(build());
