import { z } from "zod";

export const CacheType = z.enum(["f16", "q8_0", "q4_0"]);
export type CacheType = z.infer<typeof CacheType>;

/** How a model is run: all that memory and speed depend on besides the model and the machine. */
export const RunSettings = z.object({
    contextTokens: z.number().int().min(256).max(1_048_576),
    cacheType: CacheType,
    /** Layers on the graphics card, the output layer counted; block_count + 1 is everything, 0 nothing. */
    gpuLayers: z.number().int().min(0).max(513),
    useFlashAttention: z.boolean(),
    threads: z.number().int().min(1).max(1024),
    batchTokens: z.number().int().min(32).max(4096),
});
export type RunSettings = z.infer<typeof RunSettings>;

/** The setting every verdict and the pick start from (`product.md`: 8,192 tokens, f16). */
export const DEFAULT_RUN_SETTINGS: RunSettings = {
    contextTokens: 8192,
    cacheType: "f16",
    gpuLayers: 0,
    useFlashAttention: true,
    threads: 1,
    batchTokens: 512,
};

/** A step down the retry ladder, for its sentence. */
export const SmallerStep = z.enum(["fewer-gpu-layers", "shorter-context", "processor"]);
export type SmallerStep = z.infer<typeof SmallerStep>;

/** Settings that need less memory, offered after an engine died three times. */
export const Smaller = z.object({ step: SmallerStep, settings: RunSettings });
export type Smaller = z.infer<typeof Smaller>;

/** What a model is kept to on this computer because its engine died with more. */
export const ModelLimit = z.object({
    step: SmallerStep,
    contextTokens: RunSettings.shape.contextTokens,
    gpuLayers: RunSettings.shape.gpuLayers,
});
export type ModelLimit = z.infer<typeof ModelLimit>;
