// What the other scripts share. Plain JavaScript: the reader's own Node runs it, before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** Path of the Node 24 that the npm package `node` installed; vitest, node:sqlite and dependency-cruiser need it. */
export const node24 = path.join(
    root,
    "node_modules",
    "node",
    "bin",
    process.platform === "win32" ? "node.exe" : "node",
);

/** Runs a command in the repository, its output on screen; returns its exit code. */
export function run(command, args, options = {}) {
    const result = spawnSync(command, args, {
        cwd: root,
        stdio: "inherit",
        shell: process.platform === "win32",
        ...options,
    });
    if (result.error) console.error(`${command} could not be started: ${result.error.message}`);
    return result.status ?? 1;
}

/** Runs the binary of an installed package under Node 24. */
export function runTool(packageName, args, options = {}) {
    const folder = path.join(root, "node_modules", packageName);
    const { bin } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
    const name = packageName.split("/").at(-1);
    const entry = typeof bin === "string" ? bin : (bin[name] ?? Object.values(bin)[0]);
    return run(node24, [path.join(folder, entry), ...args], options);
}

/** Runs named steps in order and stops at the first that fails. */
export function runSteps(steps) {
    for (const [name, step] of steps) {
        const begun = performance.now();
        console.log(`\n== ${name}`);
        const code = step();
        if (code !== 0) {
            console.error(`\n${name} failed (exit ${code}).`);
            return code;
        }
        console.log(`-- ${name}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    }
    return 0;
}

export const exists = (relative) => existsSync(path.join(root, relative));
