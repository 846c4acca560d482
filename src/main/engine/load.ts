import type { Llama, LlamaContext, LlamaContextSequence, LlamaModel } from "node-llama-cpp";
import type { CacheType, RunSettings } from "#shared/schema/run-settings.ts";
import { createTurnCounter } from "./fit-turns.ts";

/** A model that is ready to answer, with everything that must be given back. */
export type Loaded = {
    filePath: string;
    model: LlamaModel;
    context: LlamaContext;
    sequence: LlamaContextSequence;
    settings: RunSettings;
    /** The cache type that was asked for and did not load; null: the one asked for did. */
    cacheFellBackFrom: CacheType | null;
    /** Tokens of the prompt read in a second, by the last long reading; sizes the next slices. Null: not measured. */
    promptTokensPerSecond: number | null;
    countTurns: ReturnType<typeof createTurnCounter>;
};

/** Most memory for copies of recurrent and sliding-window state (fit/README.md section 7: without a limit up to 3.6 GiB). */
const CHECKPOINT_LIMIT_BYTES = 256 * 2 ** 20;

const cacheTypes = { f16: "F16", q8_0: "Q8_0", q4_0: "Q4_0" } as const;

/**
 * Loads a file with exactly these settings. Our own guard has judged the memory already, and the library's reads the wrong
 * figures (fit/README.md section 9), so its checks are off. A cache type that does not load gives way to f16.
 */
export async function loadModel(
    llama: Llama,
    {
        filePath,
        settings,
        onProgress,
        signal,
    }: { filePath: string; settings: RunSettings; onProgress: (share: number) => void; signal: AbortSignal },
): Promise<Loaded> {
    const model = await llama.loadModel({
        modelPath: filePath,
        gpuLayers: settings.gpuLayers,
        ignoreMemorySafetyChecks: true,
        onLoadProgress: onProgress,
        loadSignal: signal,
    });
    try {
        const { context, cacheType } = await createContext(model, settings, signal);
        const sequence = context.getSequence({ checkpoints: { maxMemory: CHECKPOINT_LIMIT_BYTES } });
        return {
            filePath,
            model,
            context,
            sequence,
            settings: { ...settings, cacheType, contextTokens: context.contextSize },
            cacheFellBackFrom: cacheType === settings.cacheType ? null : settings.cacheType,
            promptTokensPerSecond: null,
            countTurns: createTurnCounter((text) => model.tokenize(text)),
        };
    } catch (error) {
        await model.dispose();
        throw error;
    }
}

async function createContext(model: LlamaModel, settings: RunSettings, signal: AbortSignal) {
    const create = (cacheType: CacheType) =>
        model.createContext({
            contextSize: Math.min(settings.contextTokens, model.trainContextSize),
            batchSize: settings.batchTokens,
            threads: settings.threads,
            sequences: 1,
            flashAttention: settings.useFlashAttention,
            experimentalKvCacheKeyType: cacheTypes[cacheType],
            experimentalKvCacheValueType: cacheTypes[cacheType],
            ignoreMemorySafetyChecks: true,
            createSignal: signal,
        });
    try {
        return { context: await create(settings.cacheType), cacheType: settings.cacheType };
    } catch (error) {
        if (settings.cacheType === "f16" || signal.aborted) throw error;
        return { context: await create("f16"), cacheType: "f16" as const };
    }
}
