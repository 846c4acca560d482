import type { AnswerStatistics } from "#shared/schema/answer.ts";
import type { Turn } from "#shared/schema/chat.ts";
import type { BackendReport, EngineState } from "#shared/schema/engine.ts";
import type { ModelId } from "#shared/schema/ids.ts";
import type { RunSettings } from "#shared/schema/run-settings.ts";

/** A model the engine can be asked to load. */
export type LoadRequest = { modelId: ModelId; name: string; filePath: string; settings: RunSettings };

/** What the engine tells while it makes an answer. */
export type GenerationEvent =
    | { kind: "reading"; tokensRead: number; tokensTotal: number }
    | { kind: "text"; text: string };

/** Sole owner of the engine process: spawns it, watches its phases, and says how it ended. */
export type Engine = {
    state(): EngineState;
    /** Calls at once with the state, then on each change. Returns the way to stop. */
    subscribe(listener: (state: EngineState) => void): () => void;
    /** Unloads another model first. Throws Failed (FILE_*, LOAD_FAILED, NOT_ENOUGH_MEMORY, ENGINE_DIED, ENGINE_GAVE_UP). */
    load(request: LoadRequest, options?: { signal?: AbortSignal | undefined }): Promise<EngineState>;
    unload(): Promise<EngineState>;
    /** One answer at a time (ENGINE_BUSY). Aborting ends it within 300 ms and resolves with stopReason `stopped`. */
    generate(
        turns: Turn[],
        options: { signal: AbortSignal; onEvent: (event: GenerationEvent) => void; maxTokens?: number },
    ): Promise<AnswerStatistics>;
    /** Asked in a short-lived engine process of its own, cached; at most 5 seconds, else throws ENGINE_UNAVAILABLE. */
    readBackends(): Promise<BackendReport>;
    close(): Promise<void>;
};
