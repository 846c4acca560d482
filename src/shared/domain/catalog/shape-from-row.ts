import type { CatalogFileArchitecture, CatalogFileVariant } from "../../schema/catalog-file.ts";
import type { LayerKind, ModelShape } from "../../schema/model-shape.ts";

/** Tensor type that holds most of a file, from the name of its quantization ("UD-Q4_K_M", "MXFP4"). */
export function mainTensorType(quant: string): string {
    const match = /(IQ\d_\w+|Q\d_K|Q\d_\d|BF16|F16|F32|MXFP4)/i.exec(quant);
    return match?.[1]?.toUpperCase().replace(/_(?:XS|S|M|L|XXS)$/, "") ?? quant.slice(0, 16);
}

/**
 * A catalog row as a ModelShape, for planning only: the file's bytes are spread over layers that are taken as alike. Null
 * where the row lacks what the memory rules need.
 */
export function shapeFromRow(
    name: string,
    architecture: CatalogFileArchitecture,
    variant: CatalogFileVariant,
): ModelShape | null {
    const { blockCount, hiddenSize, vocabSize, kvHeadCount, keyLength, valueLength, mla, sliding, recurrent, experts } =
        architecture;
    const fileBytes = variant.totalSizeBytes;
    if (fileBytes === null || !blockCount || !hiddenSize || !vocabSize) return null;
    const fullLayers = architecture.attentionLayersFull ?? blockCount;
    const parameters = architecture.totalParams ?? 0;
    const bytesPerParameter = parameters > 0 ? fileBytes / parameters : 0;
    // The embedding is one row a token; what a file spends on it is estimated by its mean bytes a parameter.
    const tokenEmbeddingBytes = Math.round(Math.min(fileBytes / 2, vocabSize * hiddenSize * bytesPerParameter));
    const layerBytes = Math.floor((fileBytes - tokenEmbeddingBytes) / blockCount);
    const expertBytes = expertShare(architecture) * layerBytes;
    const full = mla
        ? { windowTokens: 0, keyValues: mla.kvLoraRank + mla.ropeDim, valueValues: 0 }
        : {
              windowTokens: 0,
              keyValues: (kvHeadCount ?? 0) * (keyLength ?? 0),
              valueValues: (kvHeadCount ?? 0) * (valueLength ?? keyLength ?? 0),
          };
    const layerKinds: LayerKind[] = [];
    const layers: number[] = [];
    const add = (count: number, cache: LayerKind["cache"], recurrentStateBytes: number) => {
        if (count <= 0) return;
        layerKinds.push({
            weightBytes: layerBytes,
            expertBytes: Math.round(expertBytes),
            isLoaded: true,
            cache,
            recurrentStateBytes,
        });
        layers.push(...Array.from({ length: count }, () => layerKinds.length - 1));
    };
    const recurrentLayers = recurrent ? (recurrent.layers ?? blockCount) : 0;
    const stateBytes = recurrentLayers > 0 ? Math.round((architecture.recurrentStateBytes ?? 0) / recurrentLayers) : 0;
    // Where every layer has both attention and a state (falcon-h1), the state goes with the full layers.
    const hasBoth = recurrentLayers > 0 && fullLayers + recurrentLayers > blockCount;
    add(fullLayers, full, hasBoth ? stateBytes : 0);
    if (sliding)
        add(
            sliding.layers,
            {
                windowTokens: sliding.windowTokens,
                keyValues: (sliding.kvHeadCount ?? kvHeadCount ?? 0) * (sliding.keyLength ?? keyLength ?? 0),
                valueValues: (sliding.kvHeadCount ?? kvHeadCount ?? 0) * (sliding.valueLength ?? valueLength ?? 0),
            },
            0,
        );
    if (!hasBoth) add(recurrentLayers, null, stateBytes);
    add(blockCount - layers.length, null, 0);
    return {
        source: "planning",
        architecture: architecture.ggufArchitecture,
        name,
        parameterCount: architecture.totalParams,
        activeParameterCount: architecture.activeParams,
        fileBytes,
        mainTensorType: mainTensorType(variant.quant),
        bytesByType: { [mainTensorType(variant.quant)]: fileBytes },
        contextTrainedTokens: architecture.contextTrainedTokens ?? 0,
        vocabularySize: vocabSize,
        mergeCount: 2 * vocabSize,
        embeddingLength: hiddenSize,
        feedForwardLength: architecture.ffnSize ?? 0,
        headCount: architecture.headCount ?? 0,
        keyLength: mla ? mla.kvLoraRank + mla.ropeDim : (keyLength ?? 0),
        keyValuesMax: full.keyValues,
        isMla: mla !== null,
        experts: experts
            ? { count: experts.count, usedPerToken: experts.usedPerToken, feedForwardLength: experts.ffnSize ?? 0 }
            : null,
        recurrent: recurrent ? { innerSize: 0, groupCount: 0, stateSize: 0 } : null,
        inputBytes: tokenEmbeddingBytes,
        lookedUpBytes: tokenEmbeddingBytes,
        outputBytes: 0,
        isTied: true,
        tokenEmbeddingBytes,
        firstLayerBytes: 0,
        layerKinds,
        layers,
        hasChatTemplate: true,
    };
}

/** Share of a layer that is experts, such that the bytes read for a token follow the active parameters. */
function expertShare({ experts, totalParams, activeParams }: CatalogFileArchitecture): number {
    if (!experts || experts.count === 0 || !totalParams || !activeParams) return 0;
    const used = experts.usedPerToken / experts.count;
    const share = (1 - activeParams / totalParams) / (1 - used);
    return Math.min(1, Math.max(0, share));
}
