import type { ModelId } from "#shared/schema/ids.ts";
import type { Smaller } from "#shared/schema/run-settings.ts";
import type { Services } from "../../door.ts";
import { followChanges } from "../follow-changes.ts";
import type { Engine } from "./engine.ts";
import type { Loader } from "./loader.ts";

export function engineProcedures({ engine, loader }: { engine: Engine; loader: Loader }): Services["engine"] {
    /** What was offered after three deaths of this model: the reader's press loads that. */
    const offered = (modelId: ModelId): Smaller | null => {
        const { failure, model } = engine.state();
        return failure?.code === "ENGINE_GAVE_UP" && model?.modelId === modelId ? failure.data.smaller : null;
    };
    return {
        watch: (_input, { signal }) => followChanges(engine.subscribe, signal),
        load: ({ modelId, settings }) => {
            const smaller = settings ? null : offered(modelId);
            return smaller ? loader.loadSmaller(modelId, smaller) : loader.load(modelId, settings);
        },
        loadFull: ({ modelId }) => loader.loadFull(modelId),
        unload: () => engine.unload(),
        backends: () => engine.readBackends(),
    };
}
