import type { ModelShape } from "../../schema/model-shape.ts";
import { isOnGpu } from "./kv-cache.ts";

/** Architectures whose tied embedding stands twice in main memory where nothing is on the card (section 3; with mmap the pages are shared). */
const doubledWhenTied = new Set(["gemma4", "gemma3n"]);

/**
 * Weights in bytes, by memory, for `gpuLayers` layers on the card (fit/README.md section 3). The input embedding always
 * stays in main memory; a file without an output matrix gets a second copy of it on the card.
 */
export function weightBytes(shape: ModelShape, gpuLayers: number): { gpu: number; main: number } {
    let gpu = 0;
    let main = shape.inputBytes;
    for (const [index, kindIndex] of shape.layers.entries()) {
        const kind = shape.layerKinds[kindIndex];
        if (!kind?.isLoaded) continue;
        if (isOnGpu(index, shape.layers.length, gpuLayers)) gpu += kind.weightBytes;
        else main += kind.weightBytes;
    }
    if (gpuLayers >= 1) gpu += shape.outputBytes + (shape.isTied ? shape.tokenEmbeddingBytes : 0);
    else main += shape.outputBytes + secondCopyBytes(shape);
    if (isOnGpu(0, shape.layers.length, gpuLayers)) gpu += shape.firstLayerBytes;
    else main += shape.firstLayerBytes;
    return { gpu, main };
}

const secondCopyBytes = (shape: ModelShape): number =>
    shape.isTied && doubledWhenTied.has(shape.architecture) ? shape.tokenEmbeddingBytes : 0;
