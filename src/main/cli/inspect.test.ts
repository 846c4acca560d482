import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { silentLog } from "../engine/real-engine.fixtures.ts";
import { tinyModel } from "../engine/tiny-model.fixtures.ts";
import { spawnChild } from "../host/spawn.ts";
import { createInspector, type Inspector } from "../services/inspector/inspector.ts";
import { inspectCommand } from "./inspect.ts";

let folder = "";
let inspector: Inspector;
beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "hearth-inspect-"));
    const place = (name: string) => path.join(folder, name);
    await mkdir(place("deep/deeper"), { recursive: true });
    await mkdir(place("folder.gguf"));
    await writeFile(place("deep/deeper/whole.gguf"), tinyModel());
    await writeFile(place("cut.gguf"), tinyModel().subarray(0, -1234));
    await writeFile(place("page.GGUF"), "<!doctype html>");
    await writeFile(place("notes.txt"), "not looked at");
    await writeFile(place("\u001b[31mred.gguf"), "");
    await symlink(folder, place("deep/circle"));
    await promisify(execFile)("mkfifo", [place("pipe.gguf")]);
    const entry = fileURLToPath(new URL("../inspector/main.ts", import.meta.url));
    inspector = createInspector({ spawn: () => spawnChild(entry), log: silentLog });
});
afterAll(async () => {
    inspector.close();
    await rm(folder, { recursive: true, force: true });
});

async function run(args: string[], used: Inspector = inspector) {
    const lines: string[] = [];
    const code = await inspectCommand(args, { inspector: used, write: (line) => lines.push(line) });
    return { code, lines };
}

test("a folder: one JSON object a line, in order, with what is no file refused", async () => {
    const { code, lines } = await run([folder, "--json"]);
    expect(code).toBe(1);
    const rows = lines.map((line) => JSON.parse(line) as { file: string; verdict: string; code: string });
    expect(rows.map(({ file, verdict, code: found }) => [path.relative(folder, file), verdict, found])).toEqual([
        ["\u001b[31mred.gguf", "refused", "empty"],
        ["cut.gguf", "refused", "cut-off"],
        ["deep/deeper/whole.gguf", "ok", "OK"],
        ["folder.gguf", "refused", "not-a-file"],
        ["page.GGUF", "refused", "foreign-format"],
        ["pipe.gguf", "refused", "not-a-file"],
    ]);
    expect(rows[1]).toMatchObject({ sentence: "This file is damaged: it ends 1,234 bytes early." });
    expect(rows[2]).toMatchObject({
        sentence: expect.any(String) as string,
        milliseconds: expect.any(Number) as number,
        architecture: "llama",
        name: "Tiny",
        quantization: "F16",
        contextTrainedTokens: 2048,
        tensorCount: 21,
        fileBytes: tinyModel().byteLength,
    });
});

test("a whole file ends with 0, in words", async () => {
    const { code, lines } = await run([path.join(folder, "deep/deeper/whole.gguf")]);
    expect(code).toBe(0);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^ok .*whole\.gguf: llama, F16, 21 tensors, context 2048$/);
});

test("no name of a file steers the terminal", async () => {
    const { lines } = await run([folder]);
    expect(lines.join("\n")).not.toContain("\u001b");
    expect(lines[0]).toContain("This file is empty.");
});

test("a file that is not there is refused in words", async () => {
    const { code, lines } = await run([path.join(folder, "nowhere.gguf")]);
    expect(code).toBe(1);
    expect(lines[0]).toContain("There is no file of this name.");
});

test.each([[[]], [["--nonsense", "x"]], [["--json"]]])("%j is answered with how to use it", async (args: string[]) => {
    const { code, lines } = await run(args);
    expect(code).toBe(2);
    expect(lines).toEqual(["usage: hearth inspect <file or folder> [--json]"]);
});

test("an inspector that dies at each file refuses each, and the command goes on", async () => {
    const dying = path.join(folder, "dying.mjs");
    await writeFile(dying, `process.on("message", () => process.abort());`);
    const used = createInspector({ spawn: () => spawnChild(dying), log: silentLog });
    const { code, lines } = await run([folder, "--json"], used);
    used.close();
    expect(code).toBe(1);
    expect(lines.map((line) => (JSON.parse(line) as { code: string }).code)).toEqual(Array(6).fill("too-slow"));
});
