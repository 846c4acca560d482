import type { ModelShape } from "../../schema/model-shape.ts";
import type { CacheType, RunSettings } from "../../schema/run-settings.ts";

/** Bytes a value takes in the cache: f16 is 2; q8_0 stores 32 in 34, q4_0 32 in 18 (fit/README.md section 4). */
const bytesPerValue: Record<CacheType, number> = { f16: 2, q8_0: 34 / 32, q4_0: 18 / 32 };

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;

/** Cells of a full layer: the context rounded up to 256 tokens. */
export const fullCells = (contextTokens: number): number => roundUp(contextTokens, 256);

/** Cells of a sliding layer: min(C, window + U) rounded up to 256, where U is the batch and one more (fit/README.md sections 2 and 4). */
export function slidingCells(windowTokens: number, { contextTokens, batchTokens }: RunSettings): number {
    const cells = fullCells(contextTokens);
    return roundUp(Math.min(cells, windowTokens + Math.min(batchTokens, cells) + 1), 256);
}

/** True for the layers whose weights and cache lie on the card: the last ones first, the output layer counted. */
export const isOnGpu = (layer: number, layerCount: number, gpuLayers: number): boolean =>
    gpuLayers > 0 && layer >= layerCount + 1 - gpuLayers;

/** Most values of V that any layer keeps a token; without flash attention every layer is padded to it. */
const widestValues = (shape: ModelShape): number =>
    Math.max(0, ...shape.layerKinds.map((kind) => kind.cache?.valueValues ?? 0));

/** KV cache and recurrent state in bytes, by memory. One sequence. */
export function cacheBytes(
    shape: ModelShape,
    settings: RunSettings,
): { kv: { gpu: number; main: number }; state: { gpu: number; main: number } } {
    const kv = { gpu: 0, main: 0 };
    const state = { gpu: 0, main: 0 };
    const perValue = bytesPerValue[settings.cacheType];
    const padded = settings.useFlashAttention ? null : widestValues(shape);
    const perKind = shape.layerKinds.map((kind) => {
        if (!kind.cache) return 0;
        const { windowTokens, keyValues, valueValues } = kind.cache;
        const cells = windowTokens > 0 ? slidingCells(windowTokens, settings) : fullCells(settings.contextTokens);
        return cells * (keyValues + (valueValues > 0 && padded !== null ? padded : valueValues)) * perValue;
    });
    for (const [index, kindIndex] of shape.layers.entries()) {
        const pool = isOnGpu(index, shape.layers.length, settings.gpuLayers) ? "gpu" : "main";
        kv[pool] += perKind[kindIndex] ?? 0;
        state[pool] += shape.layerKinds[kindIndex]?.recurrentStateBytes ?? 0;
    }
    return { kv, state };
}

/**
 * Bytes of K and V that are read for the next token of a conversation of so many tokens: full layers read all of it,
 * sliding layers stop at their window.
 */
export function conversationBytes(shape: ModelShape, cacheType: CacheType, depthTokens: number): number {
    const perKind = shape.layerKinds.map(({ cache }) => {
        if (!cache) return 0;
        const tokens = cache.windowTokens > 0 ? Math.min(depthTokens, cache.windowTokens) : depthTokens;
        return tokens * (cache.keyValues + cache.valueValues);
    });
    return shape.layers.reduce((sum, kind) => sum + (perKind[kind] ?? 0), 0) * bytesPerValue[cacheType];
}
