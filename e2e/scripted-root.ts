import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** A copy of the built app whose engine process is a scripted one (`engine`: a file beside this one), for a HearthHost to start. */
export function createScriptedRoot(engine: string): { root: string; remove(): void } {
    const folder = mkdtempSync(path.join(tmpdir(), "hearth-scripted-"));
    mkdirSync(path.join(folder, "out"));
    // Copied, since Node would follow a link back to the real engine's folder.
    cpSync(path.join(root, "out", "main"), path.join(folder, "out", "main"), { recursive: true });
    for (const name of ["package.json", "resources", "node_modules", path.join("out", "renderer")])
        symlinkSync(path.join(root, name), path.join(folder, name));
    writeFileSync(
        path.join(folder, "out", "main", "engine.js"),
        `await import(${JSON.stringify(path.join(root, "e2e", engine))});\n`,
    );
    return { root: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
