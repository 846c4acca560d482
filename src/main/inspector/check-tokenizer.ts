import type { HeaderValues } from "./header-values.ts";
import type { Metadata } from "./metadata.ts";
import { Refusal } from "./refusal.ts";

const STRING = 8;
const FLOAT32 = 6;
const INT32 = 5;
const UINT32 = 4;
/** ids that llama.cpp uses as an index into the token list; out of range they are reads beyond it (security.md section 3). */
const tokenIds = [
    "bos",
    "eos",
    "eot",
    "eom",
    "unknown",
    "seperator",
    "padding",
    "cls",
    "mask",
    "fim_pre",
    "fim_suf",
    "fim_mid",
    "fim_pad",
    "fim_rep",
    "fim_sep",
];
/** No token: -1 as the signed and the unsigned writers store it. */
const none = new Set([-1, 2 ** 32 - 1]);

/** Lists of equal length and right kind, ids inside them. Returns the sizes of vocabulary and merges. */
export function checkTokenizer(
    values: HeaderValues,
    metadata: Metadata,
): { vocabularySize: number; mergeCount: number } {
    const tokens = values.list("tokenizer.ggml.tokens");
    const merges = values.list("tokenizer.ggml.merges");
    const refuse = (key: string): never => {
        throw new Refusal("bad-tokenizer", key);
    };
    if (
        metadata.has("tokenizer.ggml.tokens") &&
        (tokens?.elementType !== STRING || tokens.length === 0 || tokens.length > 2 ** 24)
    )
        refuse("tokenizer.ggml.tokens");
    if (metadata.has("tokenizer.ggml.merges") && merges?.elementType !== STRING) refuse("tokenizer.ggml.merges");
    const size = tokens?.length ?? values.count("vocab_size", 0);
    const lists: readonly (readonly [key: string, types: readonly number[]])[] = [
        ["tokenizer.ggml.scores", [FLOAT32]],
        ["tokenizer.ggml.token_type", [INT32, UINT32]],
    ];
    for (const [key, types] of lists) {
        if (!metadata.has(key)) continue;
        const list = values.list(key);
        if (!list || !types.includes(list.elementType) || (tokens && list.length !== tokens.length)) refuse(key);
    }
    for (const name of tokenIds) {
        const id = metadata.get(`tokenizer.ggml.${name}_token_id`);
        if (id === undefined || (typeof id === "number" && none.has(id))) continue;
        if (typeof id !== "number" || !Number.isInteger(id) || id < 0 || (tokens && id >= tokens.length))
            refuse(`tokenizer.ggml.${name}_token_id`);
    }
    return { vocabularySize: size, mergeCount: merges?.length ?? 0 };
}
