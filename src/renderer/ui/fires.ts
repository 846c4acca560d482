import type { EngineState } from "#shared/schema/engine.ts";
import type { FireState } from "./Fire.tsx";

/** How the fire looks in each phase of the engine, wherever it is shown. */
export const fires: Record<EngineState["phase"], FireState> = {
    none: "out",
    stopped: "out",
    starting: "loading",
    loading: "loading",
    idle: "lit",
    reading: "writing",
    writing: "writing",
};
