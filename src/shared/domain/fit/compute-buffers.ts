import type { ModelShape } from "../../schema/model-shape.ts";
import type { RunSettings } from "../../schema/run-settings.ts";
import { fullCells, isOnGpu, slidingCells } from "./kv-cache.ts";

/**
 * Compute buffer in bytes, by memory: the closed forms of fit/README.md section 6, which were fitted to the engine's own
 * figures (median error 0.4 %, 9 in 10 within 5.4 %). `gpu` is null where no figure of ours holds: on a card without
 * flash attention.
 */
export function computeBytes(shape: ModelShape, settings: RunSettings): { gpu: number | null; main: number } {
    const T = Math.min(settings.batchTokens + (hasSliding(shape) ? 1 : 0), fullCells(settings.contextTokens));
    const b = 4 * T;
    const C = fullCells(settings.contextTokens);
    const {
        vocabularySize: V,
        embeddingLength: E,
        feedForwardLength: F,
        headCount: H,
        keyLength: d,
        keyValuesMax,
    } = shape;
    const base = maskBytes(shape, settings, T);
    const terms = (logits: number): number => {
        const candidates = [logits];
        if (F > 0) candidates.push(base + b * (4 * E + 3 * F));
        if (shape.experts) {
            const { usedPerToken: k, feedForwardLength: Fx } = shape.experts;
            candidates.push(base + b * (4 * E + Math.max(3 * Fx * k, Fx * k + E * k)));
        }
        if (H > 0)
            candidates.push(base + b * (3 * E + 2 * H * d + keyValuesMax + (settings.useFlashAttention ? 0 : H * C)));
        if (shape.recurrent) {
            const { innerSize, groupCount, stateSize } = shape.recurrent;
            candidates.push(
                base +
                    b * (3 * E + 2 * (innerSize + 2 * groupCount * stateSize) + 2 * innerSize) +
                    8 * stateSize * innerSize,
            );
        }
        return Math.max(...candidates);
    };
    if (settings.gpuLayers === 0) return { gpu: 0, main: terms(b * (V + 2 * E)) };
    const main = base + 2 * b * E;
    if (!settings.useFlashAttention) return { gpu: null, main };
    const isWhole = isOnGpu(0, shape.layers.length, settings.gpuLayers);
    return { gpu: isWhole ? terms(b * (V + 2 * E)) : Math.max(terms(b * (V + E)), copyBytes(shape, base, b)), main };
}

const hasSliding = (shape: ModelShape): boolean => shape.layerKinds.some((kind) => (kind.cache?.windowTokens ?? 0) > 0);

/** Λ of section 6: the attention masks, one per kind of cache, and the indices of a transposed V. */
function maskBytes(shape: ModelShape, settings: RunSettings, T: number): number {
    const windows = shape.layerKinds.flatMap((kind) =>
        kind.cache && kind.cache.windowTokens > 0 ? [kind.cache.windowTokens] : [],
    );
    const hasFull = shape.layerKinds.some((kind) => kind.cache?.windowTokens === 0);
    const cells =
        (hasFull ? fullCells(settings.contextTokens) : 0) +
        (windows.length > 0 ? slidingCells(Math.max(...windows), settings) : 0);
    const mask = T * (settings.useFlashAttention ? 2 : 4) * cells;
    const widest = Math.max(0, ...shape.layerKinds.map((kind) => kind.cache?.valueValues ?? 0));
    const valueIndex = settings.useFlashAttention || shape.isMla ? 0 : 8 * T * widest * (windows.length > 0 ? 2 : 1);
    return mask + valueIndex;
}

/**
 * Layers in main memory are computed on the card for large batches, their weights visiting one at a time. A shape does not
 * carry single tensors; the largest one is taken as a third of the largest layer, which holds for gated feed-forwards.
 */
function copyBytes(shape: ModelShape, base: number, b: number): number {
    const largest =
        Math.max(0, ...shape.layerKinds.map((kind) => (kind.expertBytes > 0 ? kind.expertBytes : kind.weightBytes))) /
        3;
    const { embeddingLength: E, feedForwardLength: F } = shape;
    return base + b * (3 * E + 2 * F) + largest;
}
