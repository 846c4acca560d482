import { writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createModelFolder, createRealEngine, settings, silentLog } from "../engine/real-engine.fixtures.ts";
import { spawnChild } from "../host/spawn.ts";
import type { Engine } from "../services/engine/engine.ts";
import type { ChooseSettings } from "../services/engine/loader.ts";
import { chooseAlways } from "../services/engine/loader.fixtures.ts";
import { createInspector, type Inspector } from "../services/inspector/inspector.ts";
import { askCommand } from "./ask.ts";

let models: Awaited<ReturnType<typeof createModelFolder>>;
let engine: Engine;
let inspector: Inspector;
beforeAll(async () => {
    models = await createModelFolder();
    engine = createRealEngine();
    const entry = fileURLToPath(new URL("../inspector/main.ts", import.meta.url));
    inspector = createInspector({ spawn: () => spawnChild(entry), log: silentLog });
});
afterAll(async () => {
    inspector.close();
    await engine.close();
    await models.remove();
});

/** Runs the command with the real inspector and the real engine; stops at the first text where asked to. */
async function ask(args: string[], { stopAtText = false, freeBytes = 2 ** 40 } = {}) {
    const stopping = new AbortController();
    let out = "";
    const errors: string[] = [];
    const chooseSettings: ChooseSettings = chooseAlways({ settings, neededBytes: 2 ** 30, freeBytes });
    const code = await askCommand(args, {
        engine,
        inspector,
        chooseSettings,
        write: (text) => {
            out += text;
            if (stopAtText) stopping.abort();
        },
        writeError: (line) => void errors.push(line),
        signal: stopping.signal,
    });
    return { code, out, errors };
}

it("streams an answer, then says how fast it was; Ctrl-C ends it", async () => {
    const { code, out, errors } = await ask([models.tinyPath, "tell", "me"], { stopAtText: true });
    expect(code).toBe(0);
    expect(out.length).toBeGreaterThan(1);
    expect(out.endsWith("\n")).toBe(true);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/first token after \d+ ms, \d+ tokens?$/);
});

it("lets nothing that a model writes steer the terminal", async () => {
    const generate = vi.spyOn(engine, "generate").mockImplementationOnce(async (_turns, { onEvent }) => {
        onEvent({ kind: "text", text: "a\u001b[2Jb\u0007\u009bc\r\td\n", tokensWritten: 4 });
        const counts = { promptTokens: 1, cachedTokens: 0, answerTokens: 1, timeToFirstTokenMilliseconds: 1 };
        return { ...counts, tokensPerSecond: null, promptTokensPerSecond: null, stopReason: "end" as const };
    });
    expect((await ask([models.tinyPath, "x"])).out).toBe("a[2Jbc\td\n\n");
    generate.mockRestore();
});

it("refuses a file that is no model before the engine sees it, in a sentence", async () => {
    const load = vi.spyOn(engine, "load");
    const broken = path.join(models.folder, "broken.gguf");
    await writeFile(broken, "not a model");
    const { code, out, errors } = await ask([broken, "hello"]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(errors.join(" ")).toMatch(
        /^broken\.gguf: This is not a model file .*\nTo go on, type: npx hearth inspect \.$/,
    );
    expect((await ask([path.join(models.folder, "none.gguf"), "hello"])).code).toBe(1);
    expect(load).not.toHaveBeenCalled();
    load.mockRestore();
});

it("says when memory does not suffice, and how it is used", async () => {
    const { code, errors } = await ask([models.tinyPath, "hello"], { freeBytes: 2 ** 29 });
    expect(code).toBe(1);
    expect(errors[0]).toContain("1\u00a0GB of memory and 0.5\u00a0GB is free");
    for (const args of [[], [models.tinyPath], [models.tinyPath, "  "]])
        expect(await ask(args)).toMatchObject({ code: 2, errors: [expect.stringContaining("usage: hearth ask")] });
});
