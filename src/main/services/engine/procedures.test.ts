import { afterAll, beforeAll, expect, it } from "vitest";
import type { LocalModel } from "#shared/schema/catalog.ts";
import { Settings } from "#shared/schema/settings.ts";
import type { EngineState } from "#shared/schema/engine.ts";
import { createModelFolder, createRealEngine, loadRequest } from "../../engine/real-engine.fixtures.ts";
import type { Engine } from "./engine.ts";
import { chooseAlways } from "./loader.fixtures.ts";
import { createLoader } from "./loader.ts";
import { engineProcedures } from "./procedures.ts";

let models: Awaited<ReturnType<typeof createModelFolder>>;
let engine: Engine;
beforeAll(async () => {
    models = await createModelFolder();
    engine = createRealEngine();
});
afterAll(async () => {
    await engine.close();
    await models.remove();
});

function open() {
    const { modelId, settings } = loadRequest(models.tinyPath);
    const model: LocalModel = {
        id: modelId,
        name: "Tiny",
        fileName: "tiny.gguf",
        sizeBytes: 1,
        isStarter: false,
        shape: null,
        refusal: null,
    };
    const library = { resolve: async () => ({ model, filePath: models.tinyPath }) };
    const chooseSettings = chooseAlways({ settings, neededBytes: 1, freeBytes: 2 });
    const store = { get: () => Settings.parse({}), set: async () => Settings.parse({}) };
    const loader = createLoader({ engine, library, chooseSettings, settings: store });
    return { procedures: engineProcedures({ engine, loader }), modelId, settings };
}

it("loads with the settings of the verdict or those asked for, and tells each change to who watches", async () => {
    const { procedures, modelId, settings } = open();
    const leaving = new AbortController();
    const phases: EngineState["phase"][] = [];
    const watching = (async () => {
        for await (const { phase } of await procedures.watch(undefined, { signal: leaving.signal })) phases.push(phase);
    })();
    const call = { signal: leaving.signal };
    const loaded = await procedures.load({ modelId, settings: null }, call);
    expect(loaded).toMatchObject({ phase: "idle", settings, model: { modelId, name: "Tiny" } });
    const smaller = await procedures.load({ modelId, settings: { ...settings, contextTokens: 512 } }, call);
    expect(smaller.settings?.contextTokens).toBe(512);
    expect(await procedures.unload(undefined, call)).toMatchObject({ phase: "none", model: null });
    leaving.abort();
    await watching;
    expect(phases[0]).toBe("none");
    expect(phases).toContain("loading");
});
