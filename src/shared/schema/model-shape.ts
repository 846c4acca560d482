import { z } from "zod";

const bytes = z.number().int().nonnegative();
const count = z.number().int().nonnegative();

/** All layers that are alike in everything memory and speed depend on. Symbols are those of llama.cpp's header keys. */
export const LayerKind = z.object({
    /** Bytes of `blk.i.*`, without padding. */
    weightBytes: bytes,
    /** Of these, the bytes of expert tensors (`*_exps`); 0 in a dense layer. */
    expertBytes: bytes,
    /** False for the layers of a multi-token-prediction head: in the file, not in memory. */
    isLoaded: z.boolean(),
    /** The cache this layer owns; null: none (recurrent, feed-forward only, or it reuses another layer's). */
    cache: z
        .object({
            /** 0: every token is kept; else only a window of so many tokens. */
            windowTokens: count,
            /** KV heads × key length: values a token adds to K. */
            keyValues: count,
            /** KV heads × value length: values a token adds to V; 0 for MLA. */
            valueValues: count,
        })
        .nullable(),
    /** Fixed state in bytes, 32-bit floats; 0: not recurrent. */
    recurrentStateBytes: bytes,
});
export type LayerKind = z.infer<typeof LayerKind>;

/**
 * All that fit and speed need to know of a model, at most 16 KB as JSON: never token lists, never tensor names.
 * Made from a file's header by the inspector, or from a catalog row's planning fields.
 */
export const ModelShape = z.object({
    /** `header`: read from the file. `planning`: from the catalog, sums only, so layers are assumed alike. */
    source: z.enum(["header", "planning"]),
    architecture: z.string().max(64),
    name: z.string().max(200).nullable(),
    /** Parameters; null: not known. */
    parameterCount: count.nullable(),
    activeParameterCount: count.nullable(),
    /** File size in bytes, all parts. */
    fileBytes: bytes,
    /** `Q4_K`, `F16` …: the type that holds most bytes. */
    mainTensorType: z.string().max(16),
    /** Bytes per tensor type, for the speed factors. */
    bytesByType: z.record(z.string().max(16), bytes),
    contextTrainedTokens: count,
    vocabularySize: count,
    mergeCount: count,
    embeddingLength: count,
    /** Widest dense feed-forward layer; 0: none. */
    feedForwardLength: count,
    /** Most heads of any layer. */
    headCount: count,
    /** Longest key (MLA: kv_lora_rank + rope dimension). */
    keyLength: count,
    /** KV heads × key length of the widest layer. */
    keyValuesMax: count,
    isMla: z.boolean(),
    experts: z.object({ count, usedPerToken: count, feedForwardLength: count }).nullable(),
    recurrent: z.object({ innerSize: count, groupCount: count, stateSize: count }).nullable(),
    /** Bytes that always stay in main memory: token_embd, position_embd, token_types, per_layer_token_embd. */
    inputBytes: bytes,
    /** Bytes of output.weight, output_norm and what follows them. */
    outputBytes: bytes,
    /** True: the file has no output.weight; token_embd serves twice. */
    isTied: z.boolean(),
    /** Bytes of token_embd alone. */
    tokenEmbeddingBytes: bytes,
    /** Bytes that go where layer 0 goes (rope_freqs, per_layer_model_proj …). */
    firstLayerBytes: bytes,
    layerKinds: z.array(LayerKind).max(256),
    /** Index into layerKinds, one per layer of the file (block_count entries). */
    layers: z.array(count).max(512),
    /** What a chat needs besides: true if the file carries a chat template. */
    hasChatTemplate: z.boolean(),
});
export type ModelShape = z.infer<typeof ModelShape>;

/** Largest ModelShape that crosses to the window, in bytes of JSON. */
export const MODEL_SHAPE_LIMIT_BYTES = 16 * 1024;
