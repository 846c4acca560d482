import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ModelId } from "#shared/schema/ids.ts";
import { DEFAULT_RUN_SETTINGS, type RunSettings } from "#shared/schema/run-settings.ts";
import { spawnChild } from "../host/spawn.ts";
import { createEngine, type LoadRequest } from "../services/engine/engine.ts";
import type { Log } from "../services/log/log.ts";
import { createTemplates, type Templates } from "../services/templates/templates.ts";
import { tinyModel } from "./tiny-model.fixtures.ts";

export const silentLog: Log = { info: () => undefined, warn: () => undefined };

/** The starter, for what is about words or takes a while; null: such a test is skipped, with this reason. */
export const wordsModel = process.env["HEARTH_TEST_MODEL"] || null;
export const WORDS_REASON = "needs HEARTH_TEST_MODEL, the starter's file";

/** One thread: more is slower on a small computer that is busy (stack.md 5.1). */
export const settings: RunSettings = { ...DEFAULT_RUN_SETTINGS, contextTokens: 1024, threads: 1 };

const entryOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
export const spawnRealEngine = () => spawnChild(entryOf("main.ts"));
export const createRealTemplates = () =>
    createTemplates({ spawn: () => spawnChild(entryOf("../inspector/main.ts")), log: silentLog });
export const createRealEngine = () =>
    createEngine({ spawn: spawnRealEngine, templates: createRealTemplates(), log: silentLog });
/** For a scripted engine, which reads no template: every conversation in one known format, without a process. */
export const plainTemplates: Templates = {
    prepare: (_filePath, turns) =>
        Promise.resolve({
            prompt: { kind: "known", format: "chatML", options: {}, turns },
            template: { source: "none", name: "ChatML", problem: null },
        }),
    rest: () => undefined,
};

export const loadRequest = (filePath: string, changes: Partial<RunSettings> = {}): LoadRequest => ({
    modelId: ModelId.parse(`file:${path.basename(filePath)}`),
    name: path.basename(filePath),
    filePath,
    settings: { ...settings, ...changes },
    layerCount: 2,
    lowered: null,
});

/** A folder with the tiny model in it. */
export async function createModelFolder() {
    const folder = await mkdtemp(path.join(os.tmpdir(), "hearth-engine-"));
    const tinyPath = path.join(folder, "tiny.gguf");
    await writeFile(tinyPath, tinyModel());
    return { folder, tinyPath, remove: () => rm(folder, { recursive: true, force: true }) };
}
