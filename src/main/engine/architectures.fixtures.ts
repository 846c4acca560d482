/** What a small dense model of each architecture consists of, so that llama.cpp loads it (its loader; fit/README.md). */
import { f32 } from "../inspector/gguf-writer.fixtures.ts";
import {
    attention,
    bias,
    fusedAttention,
    gated,
    graniteScales,
    norm,
    type Part,
    plain,
    postNorms,
    type Recipe,
    type Sizes,
    ungated,
    weights,
    window,
} from "./layer-parts.fixtures.ts";
import { sparseRecipes } from "./sparse-architectures.fixtures.ts";

/** Classic layer norms, with offsets, before attention and feed-forward. */
const classic = (sizes: Sizes, parts: Part[], shift = true): Part[] => [
    ...norm("attn_norm", sizes.width, shift),
    ...norm("ffn_norm", sizes.width, shift),
    ...parts,
];
const shifted = ({ width }: Sizes): Part[] => norm("output_norm", width, true);
const llama: Recipe = { layer: (sizes) => plain(sizes, attention(sizes)) };
const qkNorms: Recipe = { layer: (sizes) => plain(sizes, attention(sizes, { norms: "head" })) };
export const recipes: Record<string, Recipe> = {
    llama,
    mistral3: llama,
    internlm2: llama,
    smollm3: llama,
    ernie4_5: llama,
    xverse: llama,
    baichuan: llama,
    granite: { ...llama, keys: () => graniteScales },
    minicpm: { ...llama, keys: () => ({ embedding_scale: f32(12), residual_scale: f32(0.2), logit_scale: f32(0.1) }) },
    gemma: { ...llama, isTied: true },
    gemma2: {
        layer: (sizes) => [...plain(sizes, attention(sizes)), ...postNorms(sizes)],
        keys: () => window,
        isTied: true,
    },
    gemma3: {
        layer: (sizes) => [...plain(sizes, attention(sizes, { norms: "head" })), ...postNorms(sizes)],
        keys: () => window,
        isTied: true,
    },
    qwen2: { layer: (sizes) => plain(sizes, attention(sizes, { biases: "inputs" })) },
    qwen3: qkNorms,
    "hunyuan-dense": qkNorms,
    seed_oss: {
        layer: (sizes) => [
            ...norm("attn_norm", sizes.width),
            ...attention(sizes, { biases: "inputs" }),
            ...norm("post_attention_norm", sizes.width),
            ...gated(sizes),
        ],
    },
    arcee: { layer: (sizes) => plain(sizes, attention(sizes), ungated(sizes)) },
    olmo: { layer: (sizes) => [...attention(sizes), ...gated(sizes)], outside: () => [] },
    olmo2: { layer: (sizes) => [...attention(sizes, { norms: "all" }), ...postNorms(sizes), ...gated(sizes)] },
    exaone4: { layer: (sizes) => [...attention(sizes, { norms: "head" }), ...postNorms(sizes), ...gated(sizes)] },
    glm4: {
        layer: (sizes) => [...plain(sizes, attention(sizes), ungated(sizes, { isDouble: true })), ...postNorms(sizes)],
    },
    phi3: { layer: (sizes) => plain(sizes, fusedAttention(sizes), ungated(sizes, { isDouble: true })) },
    "command-r": {
        layer: (sizes) => [...norm("attn_norm", sizes.width), ...attention(sizes), ...gated(sizes)],
        keys: () => ({ logit_scale: f32(0.06) }),
        isTied: true,
    },
    cohere2: {
        layer: (sizes) => [...norm("attn_norm", sizes.width), ...attention(sizes), ...gated(sizes)],
        keys: () => ({ logit_scale: f32(0.06), ...window }),
        isTied: true,
    },
    starcoder2: {
        layer: (sizes) => classic(sizes, [...attention(sizes, { biases: "all" }), ...ungated(sizes, { biases: true })]),
        outside: shifted,
    },
    stablelm: {
        layer: (sizes) => classic(sizes, [...attention(sizes), ...gated(sizes)]),
        outside: shifted,
        keys: () => ({ use_parallel_residual: { type: 7, body: Buffer.from([0]) } }),
    },
    nemotron: { layer: (sizes) => classic(sizes, [...attention(sizes), ...ungated(sizes)]), outside: shifted },
    gptneox: {
        layer: (sizes) =>
            classic(sizes, [...fusedAttention(sizes, { biases: true }), ...ungated(sizes, { biases: true })]),
        outside: shifted,
        keys: () => ({ use_parallel_residual: { type: 7, body: Buffer.from([1]) } }),
    },
    gpt2: {
        layer: (sizes) =>
            classic(sizes, [...fusedAttention(sizes, { biases: true }), ...ungated(sizes, { biases: true })]),
        outside: (sizes) => [weights("position_embd", sizes.width, 2048), ...shifted(sizes)],
    },
    bloom: {
        layer: (sizes) =>
            classic(sizes, [...fusedAttention(sizes, { biases: true }), ...ungated(sizes, { biases: true })]),
        outside: (sizes) => [...norm("token_embd_norm", sizes.width, true), ...shifted(sizes)],
    },
    phi2: {
        layer: (sizes) => [
            ...norm("attn_norm", sizes.width, true),
            ...fusedAttention(sizes, { biases: true }),
            ...ungated(sizes, { biases: true }),
        ],
        outside: (sizes) => [...shifted(sizes), bias("output", 512)],
    },
    falcon: {
        layer: (sizes) => [...norm("attn_norm", sizes.width, true), ...fusedAttention(sizes), ...ungated(sizes)],
        outside: shifted,
    },
    mpt: {
        layer: (sizes) => classic(sizes, [...fusedAttention(sizes), ...ungated(sizes)], false),
        keys: () => ({ "attention.max_alibi_bias": f32(8) }),
    },
    ...sparseRecipes,
};
