import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createLog } from "./log.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(os.tmpdir(), "hearth-log-"))));
afterEach(() => rmSync(folder, { recursive: true }));

it("writes events and fields, privately", () => {
    createLog({ folder }).warn("engine.died", { code: 134 });
    const file = path.join(folder, "hearth.log");
    expect(readFileSync(file, "utf8")).toMatch(/\[warn\].*engine\.died \{"code":134\}/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
});

it("stays within 20 MiB in five files, however much is written, and keeps the newest", () => {
    const log = createLog({ folder });
    const text = "x".repeat(100_000);
    for (let index = 0; index < 250; index++) log.info("flood", { index, text });
    const files = readdirSync(folder).sort();
    expect(files).toEqual(["hearth.1.log", "hearth.2.log", "hearth.3.log", "hearth.4.log", "hearth.log"]);
    const sizes = files.map((name) => statSync(path.join(folder, name)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(20 * 2 ** 20);
    expect(readFileSync(path.join(folder, "hearth.log"), "utf8")).toContain('{"index":249,');
    expect(files.map((name) => readFileSync(path.join(folder, name), "utf8")).join("")).not.toContain('{"index":0,');
    expect(readFileSync(path.join(folder, "hearth.1.log"), "utf8")).not.toContain('{"index":249,');
});

it("keeps quiet about a folder that cannot be written", () => {
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const warned = [vi.spyOn(console, "error"), vi.spyOn(console, "warn"), vi.spyOn(console, "log")];
    expect(() => createLog({ folder: path.join(os.devNull, "logs") }).info("start")).not.toThrow();
    for (const spy of [said, ...warned]) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
});
