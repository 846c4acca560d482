/** Sound headers of many architectures, with the dimensions of published models (fit/README.md section 4). */
import {
    boolList,
    F16,
    F32,
    f32,
    f32List,
    type GgufFile,
    i32List,
    text,
    textList,
    u32,
    u32List,
    type Value,
} from "./gguf-writer.fixtures.ts";

const VOCABULARY = 300;

export type Control = { name: string; file: GgufFile };
type Sizes = {
    layers: number;
    width: number;
    feedForward?: number;
    heads?: number;
    kvHeads?: number | number[];
    context?: number;
    more?: Record<string, Value>;
};

export function control(
    architecture: string,
    { layers, width, feedForward = width * 3, heads = 0, kvHeads = heads, context = 131_072, more = {} }: Sizes,
    name = architecture,
): Control {
    const own = (key: string) => `${architecture}.${key}`;
    const tokens = Array.from({ length: VOCABULARY }, (_, index) => `t${index}`);
    const entries: [string, Value][] = [
        ["general.architecture", text(architecture)],
        ["general.name", text(name)],
        [own("block_count"), u32(layers)],
        [own("context_length"), u32(context)],
        [own("embedding_length"), u32(width)],
        [own("feed_forward_length"), u32(feedForward)],
        [own("attention.head_count"), u32(heads)],
        [own("attention.head_count_kv"), typeof kvHeads === "number" ? u32(kvHeads) : u32List(kvHeads)],
        [own("attention.layer_norm_rms_epsilon"), f32(1e-6)],
        ...Object.entries(more).map(([key, value]): [string, Value] => [own(key), value]),
        ["tokenizer.ggml.model", text("gpt2")],
        ["tokenizer.ggml.tokens", textList(tokens)],
        ["tokenizer.ggml.scores", f32List(tokens.map((_, index) => -index))],
        ["tokenizer.ggml.token_type", i32List(tokens.map(() => 1))],
        ["tokenizer.ggml.merges", textList(["t 1", "t 2"])],
        ["tokenizer.ggml.bos_token_id", u32(1)],
        ["tokenizer.ggml.eos_token_id", u32(2)],
        ["tokenizer.chat_template", text("{{ messages[0].content }}")],
    ];
    const tensors = [
        { name: "token_embd.weight", dimensions: [width, VOCABULARY], type: F16 },
        { name: "output_norm.weight", dimensions: [width], type: F32 },
        ...Array.from({ length: layers }, (_, layer) => [
            { name: `blk.${layer}.attn_norm.weight`, dimensions: [width], type: F32 },
            { name: `blk.${layer}.ffn_down.weight`, dimensions: [width, 8], type: F16 },
        ]).flat(),
    ];
    return { name, file: { entries, tensors } };
}

const lengths = (key: number, value = key) => ({
    "attention.key_length": u32(key),
    "attention.value_length": u32(value),
});
const state = (kernel: number, inner: number, size: number, rank: number, groups: number) => ({
    "ssm.conv_kernel": u32(kernel),
    "ssm.inner_size": u32(inner),
    "ssm.state_size": u32(size),
    "ssm.time_step_rank": u32(rank),
    "ssm.group_count": u32(groups),
});
const attentionAt = (layers: number, places: number[], heads: number) =>
    Array.from({ length: layers }, (_, layer) => (places.includes(layer) ? heads : 0));
const sixth = (layers: number) => Array.from({ length: layers }, (_, layer) => (layer + 1) % 6 !== 0);
const gemma4 = (layers: number, window: number, shared: number) => ({
    ...lengths(512),
    "attention.sliding_window": u32(window),
    "attention.shared_kv_layers": u32(shared),
    "attention.key_length_swa": u32(256),
    "attention.value_length_swa": u32(256),
    "attention.sliding_window_pattern": boolList(sixth(layers)),
});
const experts = (count: number, used: number, feedForward: number) => ({
    expert_count: u32(count),
    expert_used_count: u32(used),
    expert_feed_forward_length: u32(feedForward),
});
const qwen35 = { ...lengths(256), ...state(4, 4096, 128, 32, 16), full_attention_interval: u32(4) };
const deepseek = { ...experts(64, 6, 1408), "attention.kv_lora_rank": u32(512), "rope.dimension_count": u32(64) };

/** Those whose cache and state the reference computes. */
export const examples = {
    "llama-3.1-8b": control("llama", { layers: 32, width: 4096, heads: 32, kvHeads: 8, more: lengths(128) }),
    "gemma-3-4b": control("gemma3", {
        layers: 34,
        width: 2560,
        heads: 8,
        kvHeads: 4,
        more: { ...lengths(256), "attention.sliding_window": u32(1024) },
    }),
    "gemma-4-e4b": control("gemma4", { layers: 42, width: 2560, heads: 8, kvHeads: 2, more: gemma4(42, 512, 18) }),
    "gemma-4-31b": control("gemma4", {
        layers: 60,
        width: 5376,
        heads: 32,
        kvHeads: sixth(60).map((slides) => (slides ? 16 : 4)),
        more: gemma4(60, 1024, 0),
    }),
    "deepseek-v2-lite": control("deepseek2", {
        layers: 27,
        width: 2048,
        heads: 16,
        kvHeads: 1,
        more: {
            ...deepseek,
            ...lengths(576, 512),
            "attention.key_length_mla": u32(192),
            "attention.value_length_mla": u32(128),
        },
    }),
    "deepseek-v2-lite-old": control("deepseek2", {
        layers: 27,
        width: 2048,
        heads: 16,
        kvHeads: 16,
        more: { ...deepseek, ...lengths(192, 128) },
    }),
    "granite-4.0-h-micro": control("granitehybrid", {
        layers: 40,
        width: 2048,
        heads: 32,
        kvHeads: attentionAt(40, [5, 15, 25, 35], 8),
        more: { ...lengths(64), ...state(4, 4096, 128, 64, 1) },
    }),
    "qwen3.5-4b": control("qwen35", { layers: 32, width: 2560, heads: 16, kvHeads: 4, more: qwen35 }),
    "qwen3.5-4b-mtp": control("qwen35", {
        layers: 33,
        width: 2560,
        heads: 16,
        kvHeads: 4,
        more: { ...qwen35, nextn_predict_layers: u32(1) },
    }),
    "lfm2-1.2b": control("lfm2", {
        layers: 16,
        width: 2048,
        heads: 32,
        kvHeads: attentionAt(16, [2, 5, 8, 10, 12, 14], 8),
        more: { ...lengths(64), "shortconv.l_cache": u32(3) },
    }),
    "mamba-2.8b": control("mamba", { layers: 64, width: 2560, feedForward: 0, more: state(4, 5120, 16, 160, 0) }),
};

const plain =
    "llama mistral3 qwen2 qwen3 granite glm4 phi2 phi3 command-r internlm2 seed_oss smollm3 apertus ernie4_5 hunyuan-dense " +
    "gemma gemma2 cohere2 olmo olmo2 exaone4 starcoder2 stablelm gptneox falcon minimax-m2 plamo3 an-architecture-of-next-year";
const sparse = "qwen2moe qwen3moe granitemoe ernie4_5-moe hunyuan-moe olmoe dots1 bailingmoe2 llama4 glm4moe";

/** More than fifty headers that must be let through. */
export const controls: Control[] = [
    ...Object.entries(examples).map(([name, { file }]) => ({ name, file })),
    ...plain.split(" ").map((name) => control(name, { layers: 24, width: 2048, heads: 16, kvHeads: 8 })),
    ...sparse
        .split(" ")
        .map((name) => control(name, { layers: 12, width: 1024, heads: 16, kvHeads: 4, more: experts(32, 4, 512) })),
    control("gpt-oss", {
        layers: 24,
        width: 2880,
        heads: 64,
        kvHeads: 8,
        more: { ...lengths(64), ...experts(32, 4, 2880), "attention.sliding_window": u32(128) },
    }),
    control("falcon-h1", { layers: 24, width: 1024, heads: 8, kvHeads: 2, more: state(4, 1536, 128, 24, 1) }),
    control("mamba2", { layers: 24, width: 1024, feedForward: 0, more: state(4, 2048, 128, 32, 1) }),
    control("jamba", {
        layers: 8,
        width: 1024,
        heads: 8,
        kvHeads: attentionAt(8, [4], 8),
        more: state(4, 2048, 16, 64, 0),
    }),
    control("gemma3n", {
        layers: 30,
        width: 2048,
        heads: 8,
        kvHeads: 2,
        more: { ...lengths(256), "attention.sliding_window": u32(512) },
    }),
];
