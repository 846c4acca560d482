import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Engine } from "../services/engine/engine.ts";
import { inspectFile } from "../inspector/inspect-source.ts";
import { createRealEngine, loadRequest, wordsModel } from "./real-engine.fixtures.ts";
import { runningControls } from "./running-controls.fixtures.ts";

/** Ten of them, evenly chosen, in `npm test`; all in `npm run bars`. */
const isBar = Number(process.env["HEARTH_BAR_REPEATS"] ?? 10) >= 50;
const step = isBar ? 1 : Math.ceil(runningControls.length / 10);
const chosen = runningControls.filter((_, index) => index % step === 0);
/** Enough that some of them surely are whole characters. */
const ANSWER_TOKENS = 24;

let folder: string;
let engine: Engine;
beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "hearth-controls-"));
    engine = createRealEngine();
});
afterAll(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
});

async function loadAndAsk(filePath: string): Promise<void> {
    const inspection = await inspectFile(filePath, new AbortController().signal);
    expect(inspection, "the header reader").toMatchObject({ verdict: "ok" });
    const state = await engine.load(loadRequest(filePath, { contextTokens: 256 }));
    expect(state).toMatchObject({ phase: "idle", model: { name: path.basename(filePath) } });
    let answer = "";
    const statistics = await engine.generate([{ role: "user", text: "hello" }], {
        signal: new AbortController().signal,
        maxTokens: ANSWER_TOKENS,
        onEvent: (event) => event.kind === "text" && (answer += event.text),
    });
    expect(statistics.answerTokens).toBeGreaterThan(0);
    expect(answer).not.toBe("");
}

it("there are at least forty, all different", () => {
    expect(new Set(runningControls.map(({ name }) => name)).size).toBe(runningControls.length);
    expect(runningControls.length).toBeGreaterThanOrEqual(40);
    expect(chosen.length).toBeGreaterThanOrEqual(10);
});

it.each(chosen)("B3: $name is let through, loads and answers", async ({ name, bytes }) => {
    // A name of its own: the engine does not load again what it has loaded already.
    const filePath = path.join(folder, `${name.replaceAll(" ", "-")}.gguf`);
    await writeFile(filePath, bytes());
    await loadAndAsk(filePath);
    await rm(filePath);
});

it.skipIf(!wordsModel)("B3: the starter is let through, loads and answers", async () => {
    const filePath = path.join(folder, "starter.gguf");
    await copyFile(wordsModel ?? "", filePath);
    await loadAndAsk(filePath);
});
