import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
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

it("stays within its bound, however much is written", () => {
    const log = createLog({ folder });
    const text = "x".repeat(100_000);
    for (let index = 0; index < 250; index++) log.info("flood", { text });
    const sizes = readdirSync(folder).map((name) => statSync(path.join(folder, name)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(20 * 2 ** 20);
});

it("keeps quiet about a folder that cannot be written", () => {
    expect(() => createLog({ folder: path.join(os.devNull, "logs") }).info("start")).not.toThrow();
});
