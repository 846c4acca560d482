import type { LayerKind, ModelShape } from "../../schema/model-shape.ts";
import { isOnGpu } from "../fit/kv-cache.ts";

/** Of the experts only those used are read for a token. */
function layerReadBytes(kind: LayerKind, shape: ModelShape): number {
    if (!kind.isLoaded) return 0;
    const used = shape.experts && shape.experts.count > 0 ? shape.experts.usedPerToken / shape.experts.count : 1;
    return kind.weightBytes - kind.expertBytes + kind.expertBytes * used;
}

const outputReadBytes = (shape: ModelShape): number =>
    shape.outputBytes + (shape.isTied ? shape.tokenEmbeddingBytes : 0);

/** W: bytes of weights read for one token (hardware/README.md section 2); looked-up embeddings are a row a token and left out. */
export function readBytesPerToken(shape: ModelShape): number {
    const layers = shape.layers.reduce((sum, index) => {
        const kind = shape.layerKinds[index];
        return sum + (kind ? layerReadBytes(kind, shape) : 0);
    }, 0);
    return layers + outputReadBytes(shape) + shape.firstLayerBytes;
}

/** Which share of what is read for a token, and of the layers, lies on the card. */
export function gpuShare(shape: ModelShape, gpuLayers: number): { weights: number; layers: number } {
    if (gpuLayers <= 0) return { weights: 0, layers: 0 };
    if (gpuLayers > shape.layers.length) return { weights: 1, layers: 1 };
    let bytes = outputReadBytes(shape);
    let layers = 0;
    for (const [index, kindIndex] of shape.layers.entries()) {
        const kind = shape.layerKinds[kindIndex];
        if (!kind || !isOnGpu(index, shape.layers.length, gpuLayers)) continue;
        bytes += layerReadBytes(kind, shape);
        layers += 1;
    }
    return { weights: Math.min(1, bytes / readBytesPerToken(shape)), layers: layers / shape.layers.length };
}
