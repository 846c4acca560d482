/** Sound model files, each unlike the others, that must load and answer (bar B3): safety may not be bought by refusing. */
import {
    boolList,
    f32,
    f32List,
    i32,
    i32List,
    list,
    text,
    textList,
    u16,
    u32,
    u32List,
    u64,
    u8,
} from "../inspector/gguf-writer.fixtures.ts";
import { tensorTypeName } from "../inspector/tensor-size.ts";
import { recipes } from "./architectures.fixtures.ts";
import { type TinyModel, tinyModel, wide } from "./tiny-model.fixtures.ts";
import { byteLevelTokenizer, pieceTokenizer } from "./tokenizers.fixtures.ts";

export type RunningControl = { name: string; bytes: () => Uint8Array };

const BF16 = 30;
/**
 * On processors with AMX the pinned engine ends itself where these weights are of a type that AMX takes; models of these
 * kinds are published in other types too.
 */
const notForAmx = new Set(["mamba", "deepseek2"]);
/** Its norms span all heads of keys and queries alike. */
const allHeads = { ...wide, kvHeads: wide.heads };

const control = (name: string, model: TinyModel): RunningControl => ({ name, bytes: () => tinyModel(model) });

const architectures = Object.keys(recipes).map((recipe, index) =>
    control(`architecture ${recipe}`, {
        recipe,
        sizes: recipe === "olmoe" ? allHeads : wide,
        ...(notForAmx.has(recipe) ? { type: BF16 } : {}),
        tokenizer: index % 2 === 0 ? byteLevelTokenizer("llama-bpe") : pieceTokenizer(),
    }),
);

const types = [0, 1, 2, 3, 6, 7, 8, 10, 11, 12, 13, 14, 16, 17, 18, 19, 20, 21, 22, 23, 29, 30, 34, 35, 39, 40, 41, 42];
const quantizations = types.map((type) => control(`weights ${tensorTypeName(type)}`, { sizes: wide, type }));

const splittingRules =
    "default gpt-2 qwen2 smollm deepseek-llm deepseek-coder tekken command-r falcon starcoder stablelm2 olmo dbrx gpt-4o llama4 exaone bloom mpt refact";
const tokenizers = [
    control("tokenizer unigram", { tokenizer: pieceTokenizer("t5") }),
    ...splittingRules
        .split(" ")
        .map((rule) => control(`tokenizer ${rule}`, { tokenizer: byteLevelTokenizer(rule), recipe: "qwen2" })),
];

const oddKeys = {
    "general.tags": textList(["text-generation", "família", "家"]),
    "general.languages": textList([]),
    "x.bytes": list(
        0,
        [1, 2].map((value) => u8(value).body),
    ),
    "x.flags": boolList([true, false]),
    "x.floats": f32List([0.5, Number.NaN]),
    "x.numbers": i32List([-1, 2 ** 31 - 1]),
    "x.long": u64(2n ** 63n),
    "x.negative": i32(-1),
    "x.short": u16(65_535),
};
const shapes = [
    control("version 2", { file: { version: 2 } }),
    control("alignment 64", { file: { alignment: 64 }, entries: { "general.alignment": u32(64) } }),
    control("alignment 4096", { file: { alignment: 4096 }, entries: { "general.alignment": u32(4096) } }),
    control("counts of 64 bits", { entries: { "llama.block_count": u32(2), "general.parameter_count": u64(100_000) } }),
    control("keys nobody reads", { entries: oddKeys }),
    control("a long licence", { entries: { "general.license.text": text("All rights ".repeat(20_000)) } }),
    control("no name", { entries: { "general.name": null } }),
    control("a name of many scripts", { entries: { "general.name": text("Модель 模型 🏠 ".repeat(8)) } }),
    control("no chat template", { entries: { "tokenizer.chat_template": null } }),
    control("a template that fails", { entries: { "tokenizer.chat_template": text("{{ raise_exception('no') }}") } }),
    control("a template that is no template", { entries: { "tokenizer.chat_template": text("{% for %}") } }),
    control("no key lengths", {
        entries: { "llama.attention.key_length": null, "llama.attention.value_length": null },
    }),
    control("heads listed by layer", { entries: { "llama.attention.head_count_kv": u32List([2, 2]) } }),
    control("a context of 10 million", { contextTokens: 10_000_000 }),
    control("rope stretched", {
        entries: {
            "llama.rope.scaling.type": text("yarn"),
            "llama.rope.scaling.factor": f32(4),
            "llama.rope.scaling.original_context_length": u32(512),
        },
    }),
    control("one layer", { sizes: { ...wide, layers: 1 } }),
    control("24 layers", { sizes: { width: 64, feedForward: 64, heads: 4, kvHeads: 1, headLength: 16, layers: 24 } }),
    control("no beginning of text", { entries: { "tokenizer.ggml.bos_token_id": null } }),
    control("a split in one part", { entries: { "split.no": u16(0), "split.count": u16(1) } }),
    control("a token it does not have", { entries: { "tokenizer.ggml.padding_token_id": u32(2 ** 32 - 1) } }),
];

export const runningControls: RunningControl[] = [...architectures, ...quantizations, ...tokenizers, ...shapes];
