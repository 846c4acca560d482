#!/usr/bin/env node
// The `hearth` command. The reader's own Node runs this file; the rest runs under the Node 24 that set-up installed.
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runInForeground } from "../scripts/foreground.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const node = path.join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
const cli = path.join(root, "out", "main", "cli.js");
if (!existsSync(node) || !existsSync(cli)) {
    console.error("Hearth is not set up yet. Run once: npm start");
    process.exit(1);
}
process.exit(await runInForeground(node, [cli, ...process.argv.slice(2)]));
