import type { CatalogFileArchitecture } from "../../schema/catalog-file.ts";

/** Bytes a parameter takes in MXFP4: 17 bytes for a block of 32 (fit/README.md section 3). */
const MXFP4_BYTES = 17 / 32;
/** Output gates double the query projection of these (llama.cpp, src/models/qwen35.cpp and qwen3next.cpp). */
const gatedQuery = new Set(["qwen35", "qwen35moe", "qwen3next"]);
/**
 * Embeddings left over beside the layers, in units of one embedding, from which an own output matrix is certain: two, less
 * what rounding hides. Counts that are rounded, or hold a picture encoder, need more.
 */
const UNTIED_FROM = { exact: 1.9, rounded: 2.4 };

type Row = CatalogFileArchitecture & { blockCount: number; hiddenSize: number; vocabSize: number };

export type SpreadBytes = {
    layerBytes: number;
    /** Of layerBytes, experts. */
    expertBytes: number;
    tokenEmbeddingBytes: number;
    /** Tables that are looked up per layer (Gemma's E models): total minus active parameters, where there are no experts. */
    perLayerEmbeddingBytes: number;
    /** The output matrix where there is one, and what rounding leaves. */
    outputBytes: number;
    isTied: boolean;
};

/**
 * A file's bytes over embeddings, layers and experts by their parameters; the parts add up to the file. An estimate for
 * planning: a mixed file spends more bits on some tensors than on others.
 */
export function spreadBytes(row: Row, fileBytes: number, type: string): SpreadBytes {
    const { totalParams, activeParams, blockCount, experts } = row;
    const parameters = totalParams ?? 0;
    const expertParameters =
        experts?.ffnSize && parameters > 0
            ? Math.min(0.98 * parameters, 3 * row.hiddenSize * experts.ffnSize * experts.count * blockCount)
            : 0;
    const meanBytes = parameters > 0 ? fileBytes / parameters : 0;
    const allExpertBytes = Math.min(0.98 * fileBytes, expertParameters * (type === "MXFP4" ? MXFP4_BYTES : meanBytes));
    const otherBytes =
        parameters > expertParameters ? (fileBytes - allExpertBytes) / (parameters - expertParameters) : 0;
    const isTied = !hasOwnOutput(row, expertParameters);
    const tokenEmbeddingBytes = Math.floor(Math.min(fileBytes / 4, row.vocabSize * row.hiddenSize * otherBytes));
    const perLayerEmbeddingBytes =
        experts === null && activeParams && activeParams < parameters
            ? Math.floor((parameters - activeParams) * meanBytes)
            : 0;
    const outputBytes = isTied ? 0 : tokenEmbeddingBytes;
    const inLayers = Math.max(0, fileBytes - tokenEmbeddingBytes - perLayerEmbeddingBytes - outputBytes);
    const layerBytes = Math.floor(inLayers / blockCount);
    return {
        layerBytes,
        expertBytes: Math.min(layerBytes, Math.floor(allExpertBytes / blockCount)),
        tokenEmbeddingBytes,
        perLayerEmbeddingBytes,
        outputBytes: outputBytes + (inLayers - layerBytes * blockCount),
        isTied,
    };
}

/** True where the parameters beside the layers are certainly two embeddings and not one. Gemma always shares them. */
function hasOwnOutput(row: Row, expertParameters: number): boolean {
    const { totalParams, hiddenSize: E, vocabSize, blockCount, headCount, kvHeadCount, keyLength, sliding } = row;
    if (!totalParams || !headCount || !kvHeadCount || !keyLength || row.ggufArchitecture.startsWith("gemma"))
        return false;
    const attention = (kvHeads: number, length: number, gate: number) =>
        E * length * (headCount * (gate + 1) + 2 * kvHeads);
    const gate = gatedQuery.has(row.ggufArchitecture) ? 2 : 1;
    const { layers = 0, keyHeads, valueHeads, headSize } = row.recurrent ?? {};
    const keys = (keyHeads ?? 0) * (headSize ?? 0);
    const values = (valueHeads ?? 0) * (headSize ?? 0);
    // Delta nets: in-projection, gate and out-projection; short convolutions: three in, one out.
    const recurrentParameters = (layers ?? 0) * E * (keys > 0 ? 2 * keys + 3 * values : 4 * E);
    const inLayers =
        (row.attentionLayersFull ?? blockCount) * attention(kvHeadCount, keyLength, gate) +
        (sliding
            ? sliding.layers * attention(sliding.kvHeadCount ?? kvHeadCount, sliding.keyLength ?? keyLength, 1)
            : 0) +
        recurrentParameters +
        (expertParameters > 0 ? expertParameters : blockCount * 3 * E * (row.ffnSize ?? 0));
    const embeddings = (totalParams - inLayers) / (vocabSize * E);
    return embeddings >= (row.totalParamsExact ? UNTIED_FROM.exact : UNTIED_FROM.rounded);
}
