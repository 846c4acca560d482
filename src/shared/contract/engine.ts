import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { BackendReport, EngineState } from "../schema/engine.ts";
import { ModelId } from "../schema/ids.ts";
import { RunSettings } from "../schema/run-settings.ts";
import { procedure } from "./procedure.ts";

export const engine = {
    /** State, first now and then on each change; progress at most 10 times a second. */
    watch: procedure.output(eventIterator(EngineState)),
    /** Loads a model of `models.list`, unloading another first; resolves when it is ready. Null settings: the verdict's. */
    load: procedure
        .input(z.object({ modelId: ModelId, settings: RunSettings.nullable().default(null) }))
        .output(EngineState),
    /** Forgets the smaller settings that a model was kept to after its engine had died, and loads it as the verdict has it. */
    loadFull: procedure.input(z.object({ modelId: ModelId })).output(EngineState),
    unload: procedure.output(EngineState),
    /** Engine build and devices as the engine's own backend reports them. */
    backends: procedure.output(BackendReport),
};
