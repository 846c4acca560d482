// npm start: sets everything up, then opens Hearth: in Electron where its runtime and a display are, else in the browser.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { build, isBuilt } from "./build.mjs";
import { fetchStarter } from "./fetch-starter.mjs";
import { runInForeground } from "./foreground.mjs";
import { install } from "./install.mjs";
import { node24, root } from "./tools.mjs";
import { webHostArguments } from "./web-host.mjs";

const electronFolder = path.join(root, "node_modules", "electron");

/** Never imports electron to find out: that would start a download (stack.md 3). */
function electronBinary() {
    const pathFile = path.join(electronFolder, "path.txt");
    if (!existsSync(pathFile)) return undefined;
    const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(electronFolder, "dist");
    const file = path.join(dist, readFileSync(pathFile, "utf8"));
    return existsSync(file) ? file : undefined;
}

function buildIfOld() {
    if (isBuilt()) return true;
    console.log("Building Hearth...");
    return build() === 0;
}

/** Where the window will be, and why. */
function chooseShell(args) {
    if (args.includes("--web")) return { kind: "web", why: "as you asked" };
    const hasDisplay = process.platform !== "linux" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
    if (!hasDisplay) return { kind: "web", why: "this computer has no display" };
    if (!electronBinary()) {
        console.log("Fetching Electron's runtime (once)...");
        spawnSync(node24, [path.join(electronFolder, "install.js")], { cwd: root, stdio: "ignore", timeout: 120_000 });
    }
    const binary = electronBinary();
    return binary
        ? { kind: "electron", binary }
        : { kind: "web", why: "Electron's runtime is not here and could not be fetched" };
}

if (!install()) process.exit(1);
const starter = await fetchStarter({ log: (line) => console.log(line) });
if (starter.kind === "missing") console.log(`The practice model is not here: ${starter.reason} Everything else works.`);
if (!buildIfOld()) {
    console.error("Hearth could not be built; the lines above say why.");
    process.exit(1);
}
const args = process.argv.slice(2);
const shell = chooseShell(args);
const rest = args.filter((arg) => arg !== "--web");
if (shell.kind === "electron") {
    console.log("Opening Hearth in its own window (Electron).");
    process.exit(await runInForeground(shell.binary, [root, ...rest], { cwd: root }));
}
console.log(`Opening Hearth in the browser: ${shell.why}.`);
process.exit(await runInForeground(node24, [...webHostArguments(root), ...rest]));
