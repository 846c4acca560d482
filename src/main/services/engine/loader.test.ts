import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import type { LocalModel } from "#shared/schema/catalog.ts";
import { ModelId } from "#shared/schema/ids.ts";
import { DEFAULT_RUN_SETTINGS, type RunSettings, type Smaller } from "#shared/schema/run-settings.ts";
import { Settings, type SettingsPatch } from "#shared/schema/settings.ts";
import { applyLimit } from "#shared/domain/fit/smaller-settings.ts";
import { plainTemplates, silentLog } from "../../engine/real-engine.fixtures.ts";
import { spawnChild } from "../../host/spawn.ts";
import { createEngine, type Engine } from "./engine.ts";
import { chooseAlways } from "./loader.fixtures.ts";
import { type ChooseSettings, createLoader } from "./loader.ts";

const entry = fileURLToPath(new URL("../../engine/scripted-engine.fixtures.ts", import.meta.url));
const engines: Engine[] = [];
afterEach(async () => {
    await Promise.all(engines.splice(0).map((engine) => engine.close()));
});

const id = (name: string) => ModelId.parse(`file:${name}`);
const best: RunSettings = { ...DEFAULT_RUN_SETTINGS, contextTokens: 8192, threads: 1 };

/** A loader over a scripted engine; `room` says what the next choice would need and find free. */
function open() {
    const engine = createEngine({ templates: plainTemplates, spawn: () => spawnChild(entry), log: silentLog });
    engines.push(engine);
    const room = { neededBytes: 1, freeBytes: 2 };
    const heard: Parameters<ChooseSettings>[1][] = [];
    const chooseSettings: ChooseSettings = (model, options) => {
        heard.push(options);
        const settings = options.limit ? applyLimit(best, options.limit) : best;
        return chooseAlways({ settings, ...room })(model, options);
    };
    const library = {
        resolve: async (modelId: ModelId) => {
            const fileName = modelId.slice("file:".length);
            const model: LocalModel = {
                id: modelId,
                name: fileName,
                fileName,
                sizeBytes: 1,
                isStarter: false,
                shape: null,
                refusal: null,
            };
            return { model, filePath: `/m/${fileName}` };
        },
    };
    let stored = Settings.parse({});
    const settings = {
        get: () => stored,
        set: async (patch: SettingsPatch) => (stored = Settings.parse({ ...stored, ...patch })),
    };
    return { engine, room, heard, settings, loader: createLoader({ engine, library, chooseSettings, settings }) };
}
/** Resolves when the engine has begun to load. */
const loadingOf = (engine: Engine) =>
    new Promise<void>((resolve) => {
        const unsubscribe = engine.subscribe(({ phase, progress }) => {
            if (phase !== "loading" || progress === null) return;
            queueMicrotask(() => unsubscribe());
            resolve();
        });
    });

describe("the load guard", () => {
    it("refuses what the memory that is free now does not hold, with the figures", async () => {
        const { loader, room, engine } = open();
        Object.assign(room, { neededBytes: 3, freeBytes: 2 });
        await expect(loader.load(id("fine.gguf"), null)).rejects.toMatchObject({
            failure: { code: "NOT_ENOUGH_MEMORY", data: { memory: "main", neededBytes: 3, freeBytes: 2 } },
        });
        expect(engine.state().phase).toBe("none");
    });

    it("lets a model go on that was asked for again while it loads", async () => {
        const { loader, room, engine } = open();
        const first = loader.load(id("slow.gguf"), null);
        await loadingOf(engine);
        // What is free has gone into the load itself.
        room.freeBytes = 0;
        await expect(loader.load(id("slow.gguf"), null)).resolves.toMatchObject({ phase: "idle" });
        await first;
    });

    it("never refuses what is resident, nor less of it, whatever else has filled memory since", async () => {
        const { loader, room } = open();
        Object.assign(room, { neededBytes: 10, freeBytes: 20 });
        await loader.load(id("fine.gguf"), null);
        room.freeBytes = -(2 ** 40);
        await expect(loader.load(id("fine.gguf"), null)).resolves.toMatchObject({ phase: "idle" });
        const shorter = { ...best, contextTokens: 512 };
        room.neededBytes = 9;
        await expect(loader.load(id("fine.gguf"), shorter)).resolves.toMatchObject({ settings: shorter });
        room.neededBytes = 11;
        const refused = { failure: { code: "NOT_ENOUGH_MEMORY", data: { neededBytes: 11 } } };
        await expect(loader.load(id("fine.gguf"), best)).rejects.toMatchObject(refused);
        await expect(loader.load(id("other.gguf"), null)).rejects.toMatchObject(refused);
    });

    it.runIf(process.platform === "linux")(
        "counts as given back what the old model holds, without the pages of mapped files, also while it loads",
        async () => {
            const { loader, heard, engine } = open();
            const loading = loader.load(id("slow.gguf"), null);
            await loadingOf(engine);
            await Promise.all([loading, loader.load(id("other.gguf"), null)]);
            const residentBytes = engine.state().residentBytes ?? 0;
            expect(heard[0]?.heldBytes).toBe(0);
            expect(heard[1]?.heldBytes).toBeGreaterThan(10 * 2 ** 20);
            expect(heard[1]?.heldBytes).toBeLessThan(residentBytes);
            await engine.unload();
            expect(engine.readHeldBytes()).toBe(0);
        },
    );
});

describe("smaller settings", () => {
    const smaller: Smaller = { step: "shorter-context", settings: { ...best, contextTokens: 4096 } };

    it("are remembered for the model they helped, and only for it", async () => {
        const { loader, settings, engine } = open();
        const state = await loader.loadSmaller(id("fine.gguf"), smaller);
        expect(state).toMatchObject({ lowered: "shorter-context", settings: { contextTokens: 4096 } });
        expect(settings.get().modelLimits).toEqual({
            "file:fine.gguf": { step: "shorter-context", contextTokens: 4096, gpuLayers: 0 },
        });
        const other = await loader.load(id("other.gguf"), null);
        expect(other).toMatchObject({ lowered: null, settings: { contextTokens: 8192 } });
        await engine.unload();
        const again = await loader.load(id("fine.gguf"), null);
        expect(again).toMatchObject({ lowered: "shorter-context", settings: { contextTokens: 4096 } });
    });

    it("are forgotten when the reader wants it in full", async () => {
        const { loader, settings } = open();
        await loader.loadSmaller(id("fine.gguf"), smaller);
        const full = await loader.loadFull(id("fine.gguf"));
        expect(full).toMatchObject({ lowered: null, settings: { contextTokens: 8192 } });
        expect(settings.get().modelLimits).toEqual({});
    });

    it("that did not load are not remembered", async () => {
        const { loader, settings } = open();
        await expect(loader.loadSmaller(id("SIGKILL.gguf"), smaller)).rejects.toMatchObject({
            failure: { code: "ENGINE_DIED" },
        });
        expect(settings.get().modelLimits).toEqual({});
    });
});

it("knows how what stands was chosen", async () => {
    const { loader } = open();
    expect(loader.chosen()).toBeNull();
    await loader.load(id("fine.gguf"), null);
    expect(loader.chosen()).toMatchObject({ modelId: "file:fine.gguf", settings: best });
    expect(loader.chosen()?.deviceKey(best)).toBe("a processor");
});
