import { isDeepStrictEqual } from "node:util";
import { limitOf } from "#shared/domain/fit/smaller-settings.ts";
import { findShortage } from "#shared/domain/fit/shortage.ts";
import type { LocalModel } from "#shared/schema/catalog.ts";
import type { EngineState } from "#shared/schema/engine.ts";
import { Failed } from "#shared/schema/failure.ts";
import type { ModelId } from "#shared/schema/ids.ts";
import type { ModelLimit, RunSettings, Smaller } from "#shared/schema/run-settings.ts";
import type { MemoryPool, SpeedRange } from "#shared/schema/verdict.ts";
import type { Library } from "../models/library.ts";
import type { SettingsStore } from "../settings/settings.ts";
import type { Engine } from "./engine.ts";

/** How a model is to be run, with what the guard and the measurement need to know. */
export type Choice = {
    settings: RunSettings;
    layerCount: number;
    /** Need and room of each memory; empty where nothing can be said. */
    pools: MemoryPool[];
    /** The speed to expect of settings that the engine may have changed; null: no honest figure. */
    predict: (settings: RunSettings) => SpeedRange | null;
    /** What the speed of such settings is remembered for. */
    deviceKey: (settings: RunSettings) => string;
    isOnBattery: boolean;
};

/** `wanted`: the reader's, in place of the verdict's. `heldBytes` are given back before the model comes. */
export type ChooseSettings = (
    model: LocalModel,
    options: { wanted: RunSettings | null; heldBytes: number; limit: ModelLimit | null },
) => Promise<Choice>;

/** Brings models of the library into the engine, if the memory that is free now holds them. */
export type Loader = {
    /**
     * Null settings: those that already stand for this model, else the verdict's within what the model is kept to. Throws
     * NOT_ENOUGH_MEMORY, and what Engine.load throws.
     */
    load(modelId: ModelId, wanted: RunSettings | null): Promise<EngineState>;
    /** After three deaths, with what the failure offered, which is then remembered for the model. */
    loadSmaller(modelId: ModelId, smaller: Smaller): Promise<EngineState>;
    /** Forgets what a model was kept to and loads it as the verdict has it. */
    loadFull(modelId: ModelId): Promise<EngineState>;
    /** How what stands in the engine was chosen; null: nothing was loaded yet. */
    chosen(): (Choice & { modelId: ModelId }) | null;
};

/** Where the system does not tell what the engine holds: what was estimated, less the mapped file where the card has no part of it. */
function estimateHeld(pools: MemoryPool[], { gpuLayers }: RunSettings): number {
    const main = pools.find(({ pool }) => pool === "main")?.parts ?? [];
    const held = main.filter(({ part }) => part !== "weights" || (pools.length === 1 && gpuLayers > 0));
    return held.reduce((sum, { bytes }) => sum + bytes, 0);
}

export function createLoader({
    engine,
    library,
    chooseSettings,
    settings: store,
}: {
    engine: Engine;
    library: Pick<Library, "resolve">;
    chooseSettings: ChooseSettings;
    settings: Pick<SettingsStore, "get" | "set">;
}): Loader {
    let chosen: (Choice & { modelId: ModelId }) | null = null;
    const readHeld = (): number =>
        engine.readHeldBytes() ?? (engine.standing() && chosen ? estimateHeld(chosen.pools, chosen.settings) : 0);
    const limitFor = (modelId: ModelId): ModelLimit | null => store.get().modelLimits[modelId] ?? null;

    const load = async (
        modelId: ModelId,
        wanted: RunSettings | null,
        limit: ModelLimit | null,
    ): Promise<EngineState> => {
        const { model, filePath } = await library.resolve(modelId);
        const standing = engine.standing();
        const isStanding = standing?.modelId === modelId && standing.filePath === filePath;
        const lowered = limit?.step ?? null;
        // What is in memory, or on its way there, needs no second look.
        if (isStanding && standing.lowered === lowered && (!wanted || isDeepStrictEqual(wanted, standing.settings)))
            return engine.load(standing);
        const choice = await chooseSettings(model, { wanted, heldBytes: readHeld(), limit });
        const shortage = findShortage(choice.pools, isStanding && chosen?.modelId === modelId ? chosen.pools : []);
        if (shortage) throw new Failed({ code: "NOT_ENOUGH_MEMORY", data: shortage });
        chosen = { ...choice, modelId };
        const { settings, layerCount } = choice;
        return engine.load({ modelId, name: model.name, filePath, settings, layerCount, lowered });
    };
    const remember = async (modelId: ModelId, limit: ModelLimit | null) => {
        const { [modelId]: _before, ...others } = store.get().modelLimits;
        await store.set({ modelLimits: limit ? { ...others, [modelId]: limit } : others });
    };

    return {
        load: (modelId, wanted) => load(modelId, wanted, wanted ? null : limitFor(modelId)),
        async loadSmaller(modelId, smaller) {
            const limit = limitOf(smaller);
            const state = await load(modelId, smaller.settings, limit);
            await remember(modelId, limit);
            return state;
        },
        async loadFull(modelId) {
            await remember(modelId, null);
            return load(modelId, null, null);
        },
        chosen: () => chosen,
    };
}
