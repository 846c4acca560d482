import type { LocalModel } from "#shared/schema/catalog.ts";
import { Failed } from "#shared/schema/failure.ts";
import type { RunSettings } from "#shared/schema/run-settings.ts";
import type { SpeedRange } from "#shared/schema/verdict.ts";
import type { Services } from "../../door.ts";
import { followChanges } from "../follow-changes.ts";
import type { Library } from "../models/library.ts";
import type { Engine } from "./engine.ts";

/** Settings of the verdict for a model, and what it would need beside what is free now. */
export type ChooseSettings = (
    model: LocalModel,
    wanted: RunSettings | null,
) => Promise<{ settings: RunSettings; neededBytes: number; freeBytes: number; predicted: SpeedRange | null }>;

/** Loads a model of the library, if the memory that is free now holds it. Throws NOT_ENOUGH_MEMORY otherwise. */
export async function loadFromLibrary(
    {
        engine,
        library,
        chooseSettings,
    }: { engine: Engine; library: Pick<Library, "resolve">; chooseSettings: ChooseSettings },
    modelId: LocalModel["id"],
    wanted: RunSettings | null,
) {
    const { model, filePath } = await library.resolve(modelId);
    // What the loaded model holds is given back before the new one comes, so it counts as free.
    const held = engine.state().residentBytes ?? 0;
    const { settings, neededBytes, freeBytes } = await chooseSettings(model, wanted);
    if (neededBytes > freeBytes + held)
        throw new Failed({ code: "NOT_ENOUGH_MEMORY", data: { neededBytes, freeBytes: freeBytes + held } });
    return engine.load({ modelId, name: model.name, filePath, settings });
}

export function engineProcedures(parts: {
    engine: Engine;
    library: Pick<Library, "resolve">;
    chooseSettings: ChooseSettings;
}): Services["engine"] {
    const { engine } = parts;
    /** After three deaths the reader's press loads smaller, by the context that the failure offered. */
    const offered = (): RunSettings | null => {
        const { failure, settings } = engine.state();
        return failure?.code === "ENGINE_GAVE_UP" && settings
            ? { ...settings, contextTokens: Math.max(256, failure.data.contextTokens) }
            : null;
    };
    return {
        watch: (_input, { signal }) => followChanges(engine.subscribe, signal),
        load: ({ modelId, settings }) => loadFromLibrary(parts, modelId, settings ?? offered()),
        unload: () => engine.unload(),
        backends: () => engine.readBackends(),
    };
}
