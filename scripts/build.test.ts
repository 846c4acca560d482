import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { build, isBuilt } from "./build.mjs";

let folder: string;
beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "hearth-build-"));
    for (const name of ["src", "resources"]) mkdirSync(path.join(folder, name));
    writeFileSync(path.join(folder, "src", "main.ts"), "");
    utimesSync(path.join(folder, "src", "main.ts"), new Date(2020, 1), new Date(2020, 1));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (part: string) => {
    mkdirSync(path.dirname(path.join(folder, "out", part)), { recursive: true });
    writeFileSync(path.join(folder, "out", part), "");
};
const host = ["main/web-host.js", "main/cli.js", "main/engine.js"];
const all = [...host, "preload/index.cjs", "renderer/index.html"];
const buildOf = (parts: string[], code: number) =>
    build({
        folder,
        run: () => {
            for (const part of parts) write(part);
            return code;
        },
    });

it("counts as built when every part is, and until a source changes", () => {
    expect(isBuilt(folder)).toBe(false);
    expect(buildOf(all, 0)).toBe(0);
    expect(isBuilt(folder)).toBe(true);
    writeFileSync(path.join(folder, "src", "later.ts"), "");
    utimesSync(path.join(folder, "src", "later.ts"), new Date(2100, 1), new Date(2100, 1));
    expect(isBuilt(folder)).toBe(false);
});

it("does not count when the window's part failed, was interrupted, or is gone", () => {
    expect(buildOf(host, 1)).toBe(1);
    expect(isBuilt(folder)).toBe(false);
    // Interrupted: the parts of an earlier build lie there, and no note.
    buildOf(all, 0);
    expect(() =>
        build({
            folder,
            run: () => {
                throw new Error("ended by a signal");
            },
        }),
    ).toThrow();
    expect(isBuilt(folder)).toBe(false);
    buildOf(all, 0);
    rmSync(path.join(folder, "out", "renderer"), { recursive: true });
    expect(isBuilt(folder)).toBe(false);
});
