import type { CatalogFileArchitecture, CatalogFileVariant } from "../../schema/catalog-file.ts";
import type { LayerKind, ModelShape } from "../../schema/model-shape.ts";
import { spreadBytes } from "./spread-bytes.ts";

/** Published tokenizers carry between 1 and 2.2 merges a token (fit/README.md section 7); a row does not say how many. */
const MERGES_PER_TOKEN = 2;

/** Tensor type that holds most of a file, from the name of its quantization ("UD-Q4_K_M", "MXFP4"). */
export function mainTensorType(quant: string): string {
    const match = /(IQ\d_[A-Z]+|Q\d_K|Q\d_\d|BF16|F16|F32|MXFP4)/i.exec(quant);
    return match?.[1]?.toUpperCase() ?? quant.slice(0, 16);
}

/**
 * A catalog row as a ModelShape, for planning only: the file's bytes are spread over layers that are taken as alike, and
 * add up to the file. Null where the row lacks what the memory rules need.
 */
export function shapeFromRow(
    name: string,
    architecture: CatalogFileArchitecture,
    variant: CatalogFileVariant,
): ModelShape | null {
    const { blockCount, hiddenSize, vocabSize, keyLength, mla, experts } = architecture;
    const fileBytes = variant.totalSizeBytes;
    if (fileBytes === null || !blockCount || !hiddenSize || !vocabSize) return null;
    const type = mainTensorType(variant.quant);
    const bytes = spreadBytes({ ...architecture, blockCount, hiddenSize, vocabSize }, fileBytes, type);
    const plan = planLayers(architecture, blockCount, bytes);
    if (plan === null) return null;
    const recurrent = architecture.recurrent;
    return {
        source: "planning",
        architecture: architecture.ggufArchitecture,
        name,
        parameterCount: architecture.totalParams,
        activeParameterCount: architecture.activeParams,
        fileBytes,
        mainTensorType: type,
        bytesByType: { [type]: fileBytes },
        contextTrainedTokens: architecture.contextTrainedTokens ?? 0,
        vocabularySize: vocabSize,
        mergeCount: MERGES_PER_TOKEN * vocabSize,
        embeddingLength: hiddenSize,
        feedForwardLength: architecture.ffnSize ?? 0,
        headCount: architecture.headCount ?? 0,
        keyLength: mla ? mla.kvLoraRank + mla.ropeDim : (keyLength ?? 0),
        keyValuesMax: Math.max(0, ...plan.layerKinds.map(({ cache }) => cache?.keyValues ?? 0)),
        isMla: mla !== null,
        experts: experts
            ? { count: experts.count, usedPerToken: experts.usedPerToken, feedForwardLength: experts.ffnSize ?? 0 }
            : null,
        recurrent: recurrent
            ? {
                  innerSize: (recurrent.valueHeads ?? 0) * (recurrent.headSize ?? 0),
                  groupCount: recurrent.keyHeads ?? 0,
                  stateSize: recurrent.headSize ?? 0,
              }
            : null,
        inputBytes: bytes.tokenEmbeddingBytes + bytes.perLayerEmbeddingBytes,
        outputBytes: bytes.outputBytes,
        isTied: bytes.isTied,
        tokenEmbeddingBytes: bytes.tokenEmbeddingBytes,
        firstLayerBytes: 0,
        layerKinds: plan.layerKinds,
        layers: plan.layers,
        hasChatTemplate: true,
    };
}

/** Full, sliding, recurrent and other layers, each kind once. Null where a cache or a state is not known. */
function planLayers(
    architecture: CatalogFileArchitecture,
    blockCount: number,
    { layerBytes, expertBytes }: { layerBytes: number; expertBytes: number },
): { layerKinds: LayerKind[]; layers: number[] } | null {
    const { kvHeadCount, keyLength, valueLength, mla, sliding, recurrent, kvBytesPerTokenF16 } = architecture;
    const fullLayers = architecture.attentionLayersFull ?? blockCount;
    if (fullLayers > 0 && !mla && !(kvHeadCount && keyLength) && !kvBytesPerTokenF16) return null;
    if (recurrent && (architecture.recurrentStateBytes ?? null) === null) return null;
    const layerKinds: LayerKind[] = [];
    const layers: number[] = [];
    const add = (count: number, cache: LayerKind["cache"], recurrentStateBytes: number) => {
        if (count <= 0) return;
        layerKinds.push({ weightBytes: layerBytes, expertBytes, isLoaded: true, cache, recurrentStateBytes });
        for (let layer = 0; layer < count; layer += 1) layers.push(layerKinds.length - 1);
    };
    const heads = (count: number | null | undefined, length: number | null | undefined) => (count ?? 0) * (length ?? 0);
    const recurrentLayers = recurrent ? (recurrent.layers ?? blockCount) : 0;
    const stateBytes = recurrentLayers > 0 ? Math.round((architecture.recurrentStateBytes ?? 0) / recurrentLayers) : 0;
    // Where every layer has both attention and a state (falcon-h1), the state goes with the full layers.
    const hasBoth = recurrentLayers > 0 && fullLayers + recurrentLayers > blockCount;
    const full = mla
        ? { windowTokens: 0, keyValues: mla.kvLoraRank + mla.ropeDim, valueValues: 0 }
        : {
              windowTokens: 0,
              keyValues: heads(kvHeadCount, keyLength),
              valueValues: heads(kvHeadCount, valueLength ?? keyLength),
          };
    add(fullLayers, full, hasBoth ? stateBytes : 0);
    if (sliding) {
        const slidingHeads = sliding.kvHeadCount ?? kvHeadCount;
        add(
            sliding.layers,
            {
                windowTokens: sliding.windowTokens,
                keyValues: heads(slidingHeads, sliding.keyLength ?? keyLength),
                valueValues: heads(slidingHeads, sliding.valueLength ?? valueLength ?? keyLength),
            },
            0,
        );
    }
    if (!hasBoth) add(recurrentLayers, null, stateBytes);
    add(blockCount - layers.length, null, 0);
    return layers.length === blockCount ? { layerKinds, layers } : null;
}
