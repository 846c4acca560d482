import { isDeepStrictEqual } from "node:util";
import type { AnswerStatistics } from "#shared/schema/answer.ts";
import type { Turn } from "#shared/schema/chat.ts";
import type { BackendReport, EngineState } from "#shared/schema/engine.ts";
import { Failed, type Failure, type Phase } from "#shared/schema/failure.ts";
import type { ModelId } from "#shared/schema/ids.ts";
import type { RunSettings } from "#shared/schema/run-settings.ts";
import type { ChildProcess } from "../../shell.ts";
import type { Log } from "../log/log.ts";
import { createDeathCount } from "./deaths.ts";
import { type EngineLink, watchEngine } from "./engine-link.ts";
import { readResidentBytes } from "./resident-bytes.ts";

/** A model the engine can be asked to load. */
export type LoadRequest = { modelId: ModelId; name: string; filePath: string; settings: RunSettings };

/** What the engine tells while it makes an answer. */
export type GenerationEvent =
    { kind: "reading"; tokensRead: number; tokensTotal: number } | { kind: "text"; text: string };

/** Sole owner of the engine process: spawns it, watches its phases, and says how it ended. */
export type Engine = {
    state(): EngineState;
    /** Calls at once with the state, then on each change. Returns the way to stop. */
    subscribe(listener: (state: EngineState) => void): () => void;
    /** Unloads another model first. Throws Failed (LOAD_FAILED, UNKNOWN_ARCHITECTURE, ENGINE_DIED, ENGINE_GAVE_UP, ENGINE_BUSY). */
    load(request: LoadRequest): Promise<EngineState>;
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

const BACKEND_LIMIT_MILLISECONDS = 5000;
const STOP_LIMIT_MILLISECONDS = 5000;
const empty: EngineState = {
    phase: "none",
    progress: null,
    model: null,
    settings: null,
    failure: null,
    loadMilliseconds: null,
    residentBytes: null,
};

export function createEngine({
    spawn,
    log,
    now = () => performance.now(),
    deadlines,
    stopLimit = STOP_LIMIT_MILLISECONDS,
}: {
    spawn: () => ChildProcess;
    log: Log;
    now?: () => number;
    /** Milliseconds until an engine that does not heed a stop is ended. */
    stopLimit?: number;
    /** Shorter ones for tests. */
    deadlines?: Record<Phase, number>;
}): Engine {
    const listeners = new Set<(state: EngineState) => void>();
    const deaths = createDeathCount(now);
    let current: EngineState = empty;
    let link: EngineLink | undefined;
    /** What was asked for and is loaded in `link`; the state holds the settings it got. */
    let loaded: LoadRequest | undefined;
    let isGenerating = false;
    /** One load after the other. */
    let loading: Promise<unknown> = Promise.resolve();
    let isGraphicsBroken = false;
    let backends: Promise<BackendReport> | undefined;

    const publish = (change: Partial<EngineState>) => {
        current = { ...current, ...change };
        for (const listener of listeners) listener(current);
    };

    const start = (): EngineLink => {
        const started = watchEngine(spawn(), {
            // An engine that is idle between its start and its load is not ready: only the end of a load says so.
            onAlive: (phase, progress) => {
                if (link === started && (loaded || phase !== "idle")) publish({ phase, progress });
            },
            onEnded: (cause, phase) => {
                if (link !== started) return deaths.recent();
                link = undefined;
                loaded = undefined;
                if (cause.kind === "asked") {
                    publish({ ...empty });
                    return deaths.recent();
                }
                deaths.add();
                const { exitCode, signal } = cause.kind === "ended" ? cause : { exitCode: null, signal: null };
                log.warn("engine.died", { cause: cause.kind, phase, exitCode, signal });
                const failure: Failure = { code: "ENGINE_DIED", data: { cause, phase, deathsInARow: deaths.recent() } };
                // What ran is kept, so that it can be started again, smaller if need be.
                const { model, settings } = current;
                publish({
                    ...empty,
                    model,
                    settings,
                    phase: "stopped",
                    failure: deaths.hasGivenUp() ? gaveUp() : failure,
                });
                return deaths.recent();
            },
            ...(deadlines ? { deadlines } : {}),
        });
        return started;
    };

    const gaveUp = (): Failure => ({
        code: "ENGINE_GAVE_UP",
        data: { deaths: deaths.recent(), contextTokens: Math.max(512, Math.floor((lastContextTokens ?? 8192) / 2)) },
    });
    let lastContextTokens: number | undefined;

    const loadNow = async (request: LoadRequest): Promise<EngineState> => {
        // As when a reader stopped an answer while its model was still loading, and asks again.
        if (isDeepStrictEqual(loaded, request)) return current;
        if (isGenerating) throw new Failed({ code: "ENGINE_BUSY", data: {} });
        if (deaths.hasGivenUp()) {
            if (request.settings.contextTokens >= (lastContextTokens ?? 0)) throw new Failed(gaveUp());
            deaths.forget();
        }
        lastContextTokens = request.settings.contextTokens;
        link ??= start();
        const used = link;
        loaded = undefined;
        publish({
            phase: "loading",
            progress: null,
            model: { modelId: request.modelId, name: request.name },
            failure: null,
            settings: null,
        });
        try {
            await used.ready;
            const { filePath, settings } = request;
            const done = await used.request(
                { kind: "load", filePath, settings, useGraphics: !isGraphicsBroken },
                (message) => (message.kind === "loaded" ? message : undefined),
            ).result;
            loaded = request;
            if (done.cacheFellBackFrom) log.warn("engine.cache-fell-back", { from: done.cacheFellBackFrom, to: "f16" });
            log.info("engine.loaded", { modelId: request.modelId, milliseconds: Math.round(done.milliseconds) });
            publish({
                phase: "idle",
                progress: null,
                settings: done.settings,
                loadMilliseconds: done.milliseconds,
                residentBytes: readResidentBytes(used.pid),
            });
            return current;
        } catch (error) {
            if (error instanceof Failed && error.failure.code !== "ENGINE_DIED")
                publish({ ...empty, failure: error.failure });
            throw error;
        }
    };

    return {
        state: () => current,
        subscribe(listener) {
            listeners.add(listener);
            listener(current);
            return () => void listeners.delete(listener);
        },
        async load(request) {
            if (isGenerating) throw new Failed({ code: "ENGINE_BUSY", data: {} });
            const load = loading.catch(() => undefined).then(() => loadNow(request));
            loading = load;
            return load;
        },
        async unload() {
            if (isGenerating) throw new Failed({ code: "ENGINE_BUSY", data: {} });
            // Ending the process is the one way that surely gives all memory back.
            const ending = link;
            link = undefined;
            loaded = undefined;
            publish({ ...empty });
            await ending?.end();
            return current;
        },
        async generate(turns, { signal, onEvent, maxTokens }) {
            if (isGenerating) throw new Failed({ code: "ENGINE_BUSY", data: {} });
            if (!link || !loaded) throw new Failed({ code: "NO_MODEL_LOADED", data: {} });
            isGenerating = true;
            const used = link;
            const { id, result } = used.request(
                { kind: "generate", turns, maxTokens: maxTokens ?? null },
                (message) => {
                    if (message.kind === "reading")
                        onEvent({ kind: "reading", tokensRead: message.tokensRead, tokensTotal: message.tokensTotal });
                    if (message.kind === "text") onEvent({ kind: "text", text: message.text });
                    return message.kind === "generated" ? message.statistics : undefined;
                },
            );
            let killer: NodeJS.Timeout | undefined;
            const stop = () => {
                used.stop(id);
                killer = setTimeout(() => used.endSilent(stopLimit), stopLimit);
            };
            signal.addEventListener("abort", stop, { once: true });
            if (signal.aborted) stop();
            try {
                return await result;
            } finally {
                signal.removeEventListener("abort", stop);
                clearTimeout(killer);
                isGenerating = false;
                if (link === used)
                    publish({ phase: "idle", progress: null, residentBytes: readResidentBytes(used.pid) });
            }
        },
        readBackends() {
            backends ??= askBackends(spawn, { useGraphics: !isGraphicsBroken, deadlines })
                .catch((error: unknown) => {
                    if (!(error instanceof Failed) || error.failure.code !== "ENGINE_DIED" || isGraphicsBroken)
                        throw error;
                    // A driver that takes the engine down would do so at every load: the processor does the work from now on.
                    isGraphicsBroken = true;
                    log.warn("engine.graphics-off", { cause: error.failure.data.cause.kind });
                    return askBackends(spawn, { useGraphics: false, deadlines });
                })
                .catch((error: unknown) => {
                    backends = undefined;
                    const detail = error instanceof Failed ? error.failure.code : "the engine did not answer";
                    throw new Failed({ code: "ENGINE_UNAVAILABLE", data: { detail } });
                });
            return backends;
        },
        async close() {
            const ending = link;
            link = undefined;
            await ending?.end();
        },
    };
}

/** A process of its own: a broken graphics driver may take it down, and nothing else. Throws ENGINE_DIED. */
async function askBackends(
    spawn: () => ChildProcess,
    { useGraphics, deadlines }: { useGraphics: boolean; deadlines: Record<Phase, number> | undefined },
): Promise<BackendReport> {
    const asked = watchEngine(spawn(), {
        onAlive: () => undefined,
        onEnded: () => 0,
        ...(deadlines ? { deadlines } : {}),
    });
    const late = setTimeout(() => asked.endSilent(BACKEND_LIMIT_MILLISECONDS), BACKEND_LIMIT_MILLISECONDS);
    try {
        await asked.ready;
        return await asked.request({ kind: "backends", useGraphics }, (message) =>
            message.kind === "backends" ? message.report : undefined,
        ).result;
    } finally {
        clearTimeout(late);
        await asked.end();
    }
}
