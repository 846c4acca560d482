/** The tensors that layers of language models are made of, as llama.cpp names and shapes them. */
import { F32, f32, u32, type Value } from "../inspector/gguf-writer.fixtures.ts";

/** A tensor; a `role` that is quantized takes the type of the model's weights, the others are 32-bit floats. */
export type Part = { name: string; dimensions: number[]; type: number | "weights" };
export type Sizes = {
    width: number;
    feedForward: number;
    heads: number;
    kvHeads: number;
    headLength: number;
    layers: number;
};

export const weights = (name: string, ...dimensions: number[]): Part => ({
    name: `${name}.weight`,
    dimensions,
    type: "weights",
});
export const floats = (name: string, ...dimensions: number[]): Part => ({ name, dimensions, type: F32 });
export const bias = (name: string, length: number): Part => floats(`${name}.bias`, length);
/** A norm's factors, with `shift` its offsets too. */
export const norm = (name: string, length: number, shift = false): Part[] => [
    floats(`${name}.weight`, length),
    ...(shift ? [bias(name, length)] : []),
];

/** Query, key, value and output; `norms` of queries and keys a head or across all heads. */
export function attention(
    { width, heads, kvHeads, headLength }: Sizes,
    { biases = "none", norms = "none" }: { biases?: "none" | "inputs" | "all"; norms?: "none" | "head" | "all" } = {},
): Part[] {
    const [all, kv] = [heads * headLength, kvHeads * headLength];
    return [
        weights("attn_q", width, all),
        weights("attn_k", width, kv),
        weights("attn_v", width, kv),
        weights("attn_output", all, width),
        ...(biases === "none" ? [] : [bias("attn_q", all), bias("attn_k", kv), bias("attn_v", kv)]),
        ...(biases === "all" ? [bias("attn_output", width)] : []),
        ...(norms === "head" ? [...norm("attn_q_norm", headLength), ...norm("attn_k_norm", headLength)] : []),
        ...(norms === "all" ? [...norm("attn_q_norm", all), ...norm("attn_k_norm", kv)] : []),
    ];
}

/** The same with one matrix for query, key and value. */
export function fusedAttention({ width, heads, kvHeads, headLength }: Sizes, { biases = false } = {}): Part[] {
    const rows = (heads + 2 * kvHeads) * headLength;
    return [
        weights("attn_qkv", width, rows),
        weights("attn_output", heads * headLength, width),
        ...(biases ? [bias("attn_qkv", rows), bias("attn_output", width)] : []),
    ];
}

export const gated = ({ width, feedForward }: Sizes): Part[] => [
    weights("ffn_gate", width, feedForward),
    weights("ffn_up", width, feedForward),
    weights("ffn_down", feedForward, width),
];

/** Without a gate, or with the gate in the upper half of a double `ffn_up`. */
export const ungated = ({ width, feedForward }: Sizes, { biases = false, isDouble = false } = {}): Part[] => [
    weights("ffn_up", width, isDouble ? 2 * feedForward : feedForward),
    weights("ffn_down", feedForward, width),
    ...(biases ? [bias("ffn_up", feedForward), bias("ffn_down", width)] : []),
];

export const EXPERTS = 4;
export const EXPERTS_USED = 2;
export const experts = ({ width, feedForward }: Sizes): Part[] => [
    floats("ffn_gate_inp.weight", width, EXPERTS),
    weights("ffn_gate_exps", width, feedForward, EXPERTS),
    weights("ffn_up_exps", width, feedForward, EXPERTS),
    weights("ffn_down_exps", feedForward, width, EXPERTS),
];
export const sharedExpert = ({ width, feedForward }: Sizes): Part[] => [
    weights("ffn_gate_shexp", width, feedForward),
    weights("ffn_up_shexp", width, feedForward),
    weights("ffn_down_shexp", feedForward, width),
];

export const STATE = { kernel: 4, inner: 512, size: 16, rank: 16, groups: 1 };
/** A Mamba layer; the second generation has one decay a head and a norm. */
export function stateSpace({ width }: Sizes, generation: 1 | 2, hasNorm = generation === 2): Part[] {
    const { kernel, inner, size, rank, groups } = STATE;
    const rows = inner + (generation === 2 ? 2 * groups * size : 0);
    return [
        weights("ssm_in", width, generation === 2 ? 2 * inner + 2 * groups * size + rank : 2 * inner),
        floats("ssm_conv1d.weight", kernel, rows),
        bias("ssm_conv1d", rows),
        ...(generation === 1
            ? [weights("ssm_x", inner, rank + 2 * size), weights("ssm_dt", rank, inner)]
            : hasNorm
              ? [floats("ssm_norm.weight", inner / groups, groups)]
              : []),
        bias("ssm_dt", generation === 1 ? inner : rank),
        generation === 1 ? floats("ssm_a", size, inner) : floats("ssm_a", 1, rank),
        generation === 1 ? floats("ssm_d", inner) : floats("ssm_d", 1, rank),
        weights("ssm_out", inner, width),
    ];
}

/** A model of one architecture. */
export type Recipe = {
    layer: (sizes: Sizes, index: number) => Part[];
    /** Tensors beside the layers, the embedding and the output; without: the norm before the output. */
    outside?: (sizes: Sizes) => Part[];
    /** Keys under the architecture's name. */
    keys?: (sizes: Sizes) => Record<string, Value>;
    isTied?: boolean;
};

/** A norm before attention and one before the feed-forward. */
export const plain = (sizes: Sizes, middle: Part[], after: Part[] = gated(sizes)): Part[] => [
    ...norm("attn_norm", sizes.width),
    ...middle,
    ...norm("ffn_norm", sizes.width),
    ...after,
];
export const postNorms = ({ width }: Sizes): Part[] => [
    ...norm("post_attention_norm", width),
    ...norm("post_ffw_norm", width),
];

export const graniteScales = {
    embedding_scale: f32(12),
    residual_scale: f32(0.22),
    logit_scale: f32(8),
    "attention.scale": f32(0.015),
};
export const window = { "attention.sliding_window": u32(128) };
