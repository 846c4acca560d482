/** The same for models with experts, compressed attention or a fixed state. */
import { boolList, f32, i32List, u32, u32List } from "../inspector/gguf-writer.fixtures.ts";
import {
    attention,
    bias,
    experts,
    EXPERTS,
    EXPERTS_USED,
    floats,
    gated,
    graniteScales,
    norm,
    type Part,
    plain,
    postNorms,
    type Recipe,
    sharedExpert,
    type Sizes,
    STATE,
    stateSpace,
    weights,
    window,
} from "./layer-parts.fixtures.ts";

const expertKeys = ({ feedForward }: Sizes) => ({
    expert_count: u32(EXPERTS),
    expert_used_count: u32(EXPERTS_USED),
    expert_feed_forward_length: u32(feedForward),
});
const stateKeys = ({ kernel, inner, size, rank, groups }: typeof STATE = STATE) => ({
    "ssm.conv_kernel": u32(kernel),
    "ssm.inner_size": u32(inner),
    "ssm.state_size": u32(size),
    "ssm.time_step_rank": u32(rank),
    "ssm.group_count": u32(groups),
});
const mixture: Recipe = { layer: (sizes) => plain(sizes, attention(sizes), experts(sizes)), keys: expertKeys };

const MLA = { queryRank: 64, rank: 128, rope: 32, nope: 32, value: 64 };
const everySecond = ({ layers, kvHeads }: Sizes) =>
    u32List(Array.from({ length: layers }, (_, layer) => (layer % 2 === 1 ? kvHeads : 0)));

const DELTA = { kernel: 4, inner: 256, size: 64, rank: 4, groups: 2 };
function deltaNet({ width }: Sizes): Part[] {
    const keys = DELTA.size * DELTA.groups;
    const values = DELTA.size * DELTA.rank;
    return [
        weights("attn_qkv", width, 2 * keys + values),
        weights("attn_gate", width, values),
        floats("ssm_conv1d.weight", DELTA.kernel, 2 * keys + values),
        bias("ssm_dt", DELTA.rank),
        floats("ssm_a", DELTA.rank),
        ...norm("ssm_norm", DELTA.size),
        weights("ssm_out", values, width),
        weights("ssm_beta", width, DELTA.rank),
        weights("ssm_alpha", width, DELTA.rank),
    ];
}

export const sparseRecipes: Record<string, Recipe> = {
    "llama of experts": mixture,
    granitemoe: { ...mixture, keys: (sizes) => ({ ...expertKeys(sizes), ...graniteScales }) },
    qwen3moe: { ...mixture, layer: (sizes) => plain(sizes, attention(sizes, { norms: "head" }), experts(sizes)) },
    olmoe: { ...mixture, layer: (sizes) => plain(sizes, attention(sizes, { norms: "all" }), experts(sizes)) },
    qwen2moe: {
        layer: (sizes) =>
            plain(sizes, attention(sizes, { biases: "inputs" }), [
                ...experts(sizes),
                ...sharedExpert(sizes),
                floats("ffn_gate_inp_shexp.weight", sizes.width),
            ]),
        keys: (sizes) => ({ ...expertKeys(sizes), expert_shared_feed_forward_length: u32(sizes.feedForward) }),
    },
    "gpt-oss": {
        layer: (sizes) => [
            ...norm("attn_norm", sizes.width),
            ...attention(sizes, { biases: "all" }),
            ...norm("post_attention_norm", sizes.width),
            floats("attn_sinks.weight", sizes.heads),
            ...experts(sizes),
            floats("ffn_gate_inp.bias", EXPERTS),
            floats("ffn_gate_exps.bias", sizes.feedForward, EXPERTS),
            floats("ffn_up_exps.bias", sizes.feedForward, EXPERTS),
            floats("ffn_down_exps.bias", sizes.width, EXPERTS),
        ],
        keys: (sizes) => ({ ...expertKeys(sizes), ...window }),
    },
    deepseek2: {
        layer: (sizes, index) => {
            const { width, heads } = sizes;
            const { queryRank, rank, rope, nope, value } = MLA;
            return plain(
                sizes,
                [
                    ...norm("attn_kv_a_norm", rank),
                    weights("attn_q_a", width, queryRank),
                    ...norm("attn_q_a_norm", queryRank),
                    weights("attn_q_b", queryRank, heads * (nope + rope)),
                    weights("attn_kv_a_mqa", width, rank + rope),
                    weights("attn_k_b", nope, rank, heads),
                    weights("attn_v_b", rank, value, heads),
                    weights("attn_output", heads * value, width),
                ],
                index === 0 ? gated(sizes) : [...experts(sizes), ...sharedExpert(sizes)],
            );
        },
        keys: (sizes) => ({
            ...expertKeys(sizes),
            "attention.head_count_kv": u32(1),
            "attention.key_length": u32(MLA.rank + MLA.rope),
            "attention.value_length": u32(MLA.rank),
            "attention.key_length_mla": u32(MLA.nope + MLA.rope),
            "attention.value_length_mla": u32(MLA.value),
            "attention.q_lora_rank": u32(MLA.queryRank),
            "attention.kv_lora_rank": u32(MLA.rank),
            "rope.dimension_count": u32(MLA.rope),
            leading_dense_block_count: u32(1),
            expert_shared_count: u32(1),
            expert_weights_scale: f32(1),
        }),
    },
    mamba: {
        layer: (sizes) => [...norm("attn_norm", sizes.width), ...stateSpace(sizes, 1)],
        keys: () => ({ ...stateKeys(), "attention.head_count": u32(0), "attention.head_count_kv": u32(0) }),
        isTied: true,
    },
    mamba2: {
        layer: (sizes) => [...norm("attn_norm", sizes.width), ...stateSpace(sizes, 2)],
        keys: () => ({ ...stateKeys(), "attention.head_count": u32(0), "attention.head_count_kv": u32(0) }),
        isTied: true,
    },
    granitehybrid: {
        layer: (sizes, index) => plain(sizes, index % 2 === 1 ? attention(sizes) : stateSpace(sizes, 2)),
        keys: (sizes) => ({ ...stateKeys(), "attention.head_count_kv": everySecond(sizes) }),
        isTied: true,
    },
    lfm2: {
        layer: (sizes, index) => [
            ...norm("attn_norm", sizes.width),
            ...norm("ffn_norm", sizes.width),
            ...gated(sizes),
            ...(index % 2 === 1
                ? attention(sizes, { norms: "head" })
                : [
                      floats("shortconv.conv.weight", 3, sizes.width),
                      weights("shortconv.in_proj", sizes.width, 3 * sizes.width),
                      weights("shortconv.out_proj", sizes.width, sizes.width),
                  ]),
        ],
        outside: (sizes) => norm("token_embd_norm", sizes.width),
        keys: (sizes) => ({ "shortconv.l_cache": u32(3), "attention.head_count_kv": everySecond(sizes) }),
        isTied: true,
    },
    qwen35: {
        layer: (sizes, index) => [
            ...norm("attn_norm", sizes.width),
            ...norm("post_attention_norm", sizes.width),
            ...gated(sizes),
            ...(index % 2 === 1
                ? attention(sizes, { norms: "head" }).map((part) =>
                      part.name === "attn_q.weight"
                          ? weights("attn_q", sizes.width, 2 * sizes.heads * sizes.headLength)
                          : part,
                  )
                : deltaNet(sizes)),
        ],
        keys: () => ({
            ...stateKeys(DELTA),
            full_attention_interval: u32(2),
            "rope.dimension_sections": i32List([11, 11, 10, 0]),
        }),
        isTied: true,
    },
    gemma4: {
        layer: (sizes) => [
            ...plain(sizes, attention(sizes, { norms: "head" })),
            ...postNorms(sizes),
            floats("layer_output_scale.weight", 1),
        ],
        outside: ({ width, headLength }) => [
            ...norm("output_norm", width),
            floats("rope_freqs.weight", headLength / 2),
        ],
        keys: ({ headLength, layers }) => ({
            ...window,
            embedding_length_per_layer_input: u32(0),
            "attention.shared_kv_layers": u32(0),
            "attention.key_length_swa": u32(headLength),
            "attention.value_length_swa": u32(headLength),
            "rope.dimension_count_swa": u32(headLength),
            "attention.sliding_window_pattern": boolList(Array.from({ length: layers }, (_, layer) => layer % 2 === 0)),
        }),
        isTied: true,
    },
};
