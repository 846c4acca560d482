import type { ModelLimit, RunSettings, Smaller } from "../../schema/run-settings.ts";

/** A conversation below this is of little use while something else can still be given up. */
const USEFUL_CONTEXT_TOKENS = 4096;
/** Below this no conversation is worth having. */
const LEAST_CONTEXT_TOKENS = 512;

/**
 * The retry ladder: what to try next for a model whose engine died with these settings. Fewer layers on the card, then a
 * shorter conversation, then the processor alone, then shorter still; each step changes one thing. Null: nothing is left.
 * `layerCount` is the model's own, without the output layer.
 */
export function nextSmaller(settings: RunSettings, layerCount: number): Smaller | null {
    const { gpuLayers, contextTokens } = settings;
    const half = Math.floor((layerCount + 1) / 2);
    if (half > 0 && gpuLayers > half) return { step: "fewer-gpu-layers", settings: { ...settings, gpuLayers: half } };
    if (gpuLayers > 0 && contextTokens <= USEFUL_CONTEXT_TOKENS)
        return { step: "processor", settings: { ...settings, gpuLayers: 0 } };
    if (contextTokens <= LEAST_CONTEXT_TOKENS) return null;
    return {
        step: "shorter-context",
        settings: { ...settings, contextTokens: Math.max(LEAST_CONTEXT_TOKENS, Math.floor(contextTokens / 2)) },
    };
}

/** True for settings that ask for less than the others, and for nothing more. */
export const isSmaller = (settings: RunSettings, than: RunSettings): boolean =>
    settings.contextTokens <= than.contextTokens &&
    settings.gpuLayers <= than.gpuLayers &&
    (settings.contextTokens < than.contextTokens || settings.gpuLayers < than.gpuLayers);

/** The settings within what the model is kept to. */
export const applyLimit = (settings: RunSettings, limit: ModelLimit): RunSettings => ({
    ...settings,
    contextTokens: Math.min(settings.contextTokens, limit.contextTokens),
    gpuLayers: Math.min(settings.gpuLayers, limit.gpuLayers),
});

export const limitOf = ({ step, settings: { contextTokens, gpuLayers } }: Smaller): ModelLimit => ({
    step,
    contextTokens,
    gpuLayers,
});
