import { isDeepStrictEqual } from "node:util";
import { isSmaller, nextSmaller } from "#shared/domain/fit/smaller-settings.ts";
import type { AnswerStatistics } from "#shared/schema/answer.ts";
import type { Turn } from "#shared/schema/chat.ts";
import type { BackendReport, EngineState, ThreadRate } from "#shared/schema/engine.ts";
import { Failed, type Failure, type Phase } from "#shared/schema/failure.ts";
import type { ModelId } from "#shared/schema/ids.ts";
import type { RunSettings, SmallerStep } from "#shared/schema/run-settings.ts";
import type { ChildProcess } from "../../shell.ts";
import type { Log } from "../log/log.ts";
import type { Templates } from "../templates/templates.ts";
import { createBackends } from "./backends.ts";
import { createDeathCount } from "./deaths.ts";
import { withoutWords } from "./exit-reason.ts";
import { type EngineLink, watchEngine } from "./engine-link.ts";
import { startProbe } from "./probe.ts";
import { readProcessMemory } from "./process-memory.ts";
import { type GenerationEvent, writeAnswer } from "./write-answer.ts";

/** A model the engine can be asked to load. */
export type LoadRequest = {
    modelId: ModelId;
    name: string;
    filePath: string;
    settings: RunSettings;
    /** Layers of the model without the output layer: what the retry ladder counts in. */
    layerCount: number;
    /** Why the settings are less than the verdict's; null: they are not. */
    lowered: SmallerStep | null;
};

/** Sole owner of the engine process: spawns it, watches its phases, and says how it ended. */
export type Engine = {
    state(): EngineState;
    /** Calls at once with the state, then on each change. Returns the way to stop. */
    subscribe(listener: (state: EngineState) => void): () => void;
    /** Unloads another model first. Throws Failed (LOAD_FAILED, UNKNOWN_ARCHITECTURE, ENGINE_DIED, ENGINE_GAVE_UP, ENGINE_BUSY). */
    load(request: LoadRequest): Promise<EngineState>;
    unload(): Promise<EngineState>;
    /** What is loaded, or being loaded; null: nothing. */
    standing(): LoadRequest | null;
    /** Bytes that ending the engine would give back now, whatever it is doing; null: this system does not tell. */
    readHeldBytes(): number | null;
    /** One answer at a time (ENGINE_BUSY). Aborting ends it within 300 ms and resolves with stopReason `stopped`. */
    generate(
        turns: Turn[],
        options: { signal: AbortSignal; onEvent: (event: GenerationEvent) => void; maxTokens?: number },
    ): Promise<AnswerStatistics>;
    /**
     * Compares thread counts on the loaded model, so many milliseconds each, while nothing else is asked of it. The next
     * load or answer ends it at once; then, or where nothing is loaded, null.
     */
    probeThreads(counts: number[], milliseconds: number): Promise<ThreadRate[] | null>;
    /** Asked in a short-lived engine process of its own, cached; at most 5 seconds, else throws ENGINE_UNAVAILABLE. */
    readBackends(): Promise<BackendReport>;
    close(): Promise<void>;
};

const STOP_LIMIT_MILLISECONDS = 5000;
const empty: EngineState = {
    phase: "none",
    progress: null,
    model: null,
    settings: null,
    lowered: null,
    failure: null,
    loadMilliseconds: null,
    residentBytes: null,
    engineBuild: null,
    template: null,
};

export function createEngine({
    spawn,
    templates,
    log,
    now = () => performance.now(),
    deadlines,
    stopLimit = STOP_LIMIT_MILLISECONDS,
}: {
    spawn: () => ChildProcess;
    templates: Templates;
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
    const backends = createBackends({ spawn, log, deadlines });
    let link: EngineLink | undefined;
    /** A process holds one backend for life: with graphics or without. */
    let linkUsesGraphics = false;
    /** What was asked for and is loaded in `link`; the state holds the settings it got. */
    let loaded: LoadRequest | undefined;
    /** What was asked for last and is not loaded yet. */
    let awaited: LoadRequest | undefined;
    /** What ran, or was about to, when the engine died last. */
    let lastTried: LoadRequest | undefined;
    let isGenerating = false;
    /** Ends the comparison of thread counts that is going on. */
    let stopProbe: (() => void) | undefined;
    /** One load after the other. */
    let loading: Promise<unknown> = Promise.resolve();

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
                log.warn("engine.died", { phase, ...withoutWords(cause) });
                const failure: Failure = { code: "ENGINE_DIED", data: { cause, phase, deathsInARow: deaths.recent() } };
                // What ran is kept, so that it can be started again, smaller if need be.
                const { model, settings, lowered } = current;
                publish({
                    ...empty,
                    model,
                    settings,
                    lowered,
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
        data: {
            deaths: deaths.recent(),
            smaller: lastTried ? nextSmaller(lastTried.settings, lastTried.layerCount) : null,
        },
    });

    /** The third death says at once that it was one too many, and what to try. */
    const orGaveUp = (error: unknown): unknown =>
        error instanceof Failed && error.failure.code === "ENGINE_DIED" && deaths.hasGivenUp()
            ? new Failed(gaveUp())
            : error;

    const endProcess = async () => {
        const ending = link;
        link = undefined;
        loaded = undefined;
        await ending?.end();
    };

    const loadNow = async (request: LoadRequest): Promise<EngineState> => {
        // As when a reader stopped an answer while its model was still loading, and asks again.
        if (isDeepStrictEqual(loaded, request)) return current;
        if (isGenerating) throw new Failed({ code: "ENGINE_BUSY", data: {} });
        if (deaths.hasGivenUp()) {
            // Loading as before would end as before. Another model, or less of this one, is another matter.
            const isAsBefore =
                lastTried?.filePath === request.filePath && !isSmaller(request.settings, lastTried.settings);
            if (isAsBefore) throw new Failed(gaveUp());
            deaths.forget();
        }
        lastTried = request;
        const { modelId, name, filePath, lowered } = request;
        const settings = backends.isGraphicsBroken() ? { ...request.settings, gpuLayers: 0 } : request.settings;
        const useGraphics = settings.gpuLayers > 0;
        if (link && linkUsesGraphics !== useGraphics) await endProcess();
        if (!link) linkUsesGraphics = useGraphics;
        link ??= start();
        const used = link;
        loaded = undefined;
        publish({
            phase: "loading",
            progress: null,
            model: { modelId, name },
            failure: null,
            settings: null,
            lowered,
            template: null,
        });
        try {
            await used.ready;
            // While the model loads, its template is looked at, so that the first answer need not wait for it.
            const sample: Turn[] = [{ role: "user", text: "Hello" }];
            templates.prepare(filePath, sample, AbortSignal.timeout(60_000)).catch(() => undefined);
            const done = await used.request({ kind: "load", filePath, settings, useGraphics }, (message) =>
                message.kind === "loaded" ? message : undefined,
            ).result;
            loaded = request;
            if (done.cacheFellBackFrom) log.warn("engine.cache-fell-back", { from: done.cacheFellBackFrom, to: "f16" });
            log.info("engine.loaded", { modelId, milliseconds: Math.round(done.milliseconds) });
            publish({
                phase: "idle",
                progress: null,
                settings: done.settings,
                loadMilliseconds: done.milliseconds,
                engineBuild: done.engineBuild,
                residentBytes: readProcessMemory(used.pid)?.residentBytes ?? null,
            });
            return current;
        } catch (error) {
            if (error instanceof Failed && error.failure.code !== "ENGINE_DIED")
                publish({ ...empty, failure: error.failure });
            throw orGaveUp(error);
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
            stopProbe?.();
            awaited = request;
            const load = loading
                .catch(() => undefined)
                .then(() => loadNow(request))
                .finally(() => {
                    if (awaited === request) awaited = undefined;
                });
            loading = load;
            return load;
        },
        async unload() {
            if (isGenerating) throw new Failed({ code: "ENGINE_BUSY", data: {} });
            // Ending the process is the one way that surely gives all memory back; its end is awaited.
            const heldBytes = readProcessMemory(link?.pid)?.privateBytes ?? null;
            const ending = endProcess();
            publish({ ...empty });
            templates.rest();
            await ending;
            log.info("engine.unloaded", { heldBytes });
            return current;
        },
        standing: () => awaited ?? loaded ?? null,
        readHeldBytes: () => (link ? (readProcessMemory(link.pid)?.privateBytes ?? null) : 0),
        async generate(turns, { signal, onEvent, maxTokens }) {
            if (isGenerating) throw new Failed({ code: "ENGINE_BUSY", data: {} });
            if (!link || !loaded) throw new Failed({ code: "NO_MODEL_LOADED", data: {} });
            stopProbe?.();
            isGenerating = true;
            const used = link;
            try {
                return await writeAnswer(used, templates, {
                    filePath: loaded.filePath,
                    turns,
                    maxTokens: maxTokens ?? null,
                    signal,
                    stopLimit,
                    onEvent,
                    onTemplate: (template) => publish({ template }),
                });
            } catch (error) {
                throw orGaveUp(error);
            } finally {
                isGenerating = false;
                if (link === used) {
                    const residentBytes = readProcessMemory(used.pid)?.residentBytes ?? null;
                    publish({ phase: "idle", progress: null, residentBytes });
                }
            }
        },
        async probeThreads(counts, milliseconds) {
            if (!link || !loaded || awaited || isGenerating || stopProbe) return null;
            const probe = startProbe(link, counts, milliseconds);
            stopProbe = probe.stop;
            return probe.rates.finally(() => (stopProbe = undefined));
        },
        readBackends: backends.read,
        async close() {
            templates.rest();
            await endProcess();
        },
    };
}
