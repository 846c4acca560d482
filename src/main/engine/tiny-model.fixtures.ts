/** Small models that llama.cpp loads in some 20 ms. They write nonsense, which is enough for all that is not about words. */
import { f32, F16, type GgufFile, text, u32, type Value, writeGguf } from "../inspector/gguf-writer.fixtures.ts";
import { recipes } from "./architectures.fixtures.ts";
import { norm, type Part, type Sizes, weights } from "./layer-parts.fixtures.ts";
import { pieceTokenizer, type Tokenizer, VOCABULARY } from "./tokenizers.fixtures.ts";
import { runnableWeights } from "./weights.fixtures.ts";

const template =
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

const Q8_0 = 8;
const fullSize = new Set([0, F16, 30]);

const smallest: Sizes = { width: 64, feedForward: 128, heads: 4, kvHeads: 2, headLength: 16, layers: 2 };
/** Rows of 256 values, which the larger blocks of some quantizations need. */
export const wide: Sizes = { width: 256, feedForward: 256, heads: 4, kvHeads: 2, headLength: 64, layers: 2 };

export type TinyModel = {
    /** A key of `recipes`. */
    recipe?: string;
    sizes?: Sizes;
    /** Tensor type of the weights, by its number. */
    type?: number;
    tokenizer?: Tokenizer;
    contextTokens?: number;
    /** Keys by their whole names, in place of or beside the usual ones; null leaves a usual one out. */
    entries?: Record<string, Value | null>;
    file?: Pick<GgufFile, "version" | "alignment">;
};

/** A sound GGUF file; by default a llama of about 300 kB. */
export function tinyModel(given: TinyModel = {}): Uint8Array {
    return writeGguf(tinyFile(given), runnableWeights);
}

function tinyFile({
    recipe = "llama",
    sizes = smallest,
    type = F16,
    tokenizer = pieceTokenizer(),
    contextTokens = 2048,
    entries = {},
    file = {},
}: TinyModel): GgufFile {
    const { layer, outside, keys, isTied = false } = recipes[recipe] ?? neverHeardOf(recipe);
    const architecture = recipe.split(" ")[0] ?? recipe;
    const values: Record<string, Value | null> = {
        "general.architecture": text(architecture),
        "general.name": text("Tiny"),
        ...under(architecture, {
            block_count: u32(sizes.layers),
            context_length: u32(contextTokens),
            embedding_length: u32(sizes.width),
            feed_forward_length: u32(sizes.feedForward),
            "attention.head_count": u32(sizes.heads),
            "attention.head_count_kv": u32(sizes.kvHeads),
            "attention.key_length": u32(sizes.headLength),
            "attention.value_length": u32(sizes.headLength),
            "attention.layer_norm_rms_epsilon": f32(1e-5),
            "attention.layer_norm_epsilon": f32(1e-5),
            "rope.dimension_count": u32(sizes.headLength),
            vocab_size: u32(VOCABULARY),
            ...keys?.(sizes),
        }),
        ...Object.fromEntries(tokenizer),
        "tokenizer.chat_template": text(template),
        ...entries,
    };
    const parts: Part[] = [
        weights("token_embd", sizes.width, VOCABULARY),
        ...(outside?.(sizes) ?? norm("output_norm", sizes.width)),
        ...(isTied ? [] : [weights("output", sizes.width, VOCABULARY)]),
        ...Array.from({ length: sizes.layers }, (_, index) =>
            layer(sizes, index).map((part) => ({ ...part, name: `blk.${index}.${part.name}` })),
        ).flat(),
    ];
    return {
        ...file,
        entries: Object.entries(values).filter((entry): entry is [string, Value] => entry[1] !== null),
        tensors: parts.map((part) => ({
            ...part,
            type: part.type !== "weights" ? part.type : outer.has(part.name) ? outerType(type) : type,
        })),
    };
}

const outer = new Set(["token_embd.weight", "output.weight"]);
/** As quantizers do: what turns tokens into numbers and back keeps more bits than the layers. */
const outerType = (type: number) => (fullSize.has(type) ? type : Q8_0);

const under = (architecture: string, values: Record<string, Value>) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [`${architecture}.${key}`, value]));

function neverHeardOf(recipe: string): never {
    throw new Error(`there is no recipe for ${recipe}`);
}
