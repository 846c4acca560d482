import type { HeaderValues } from "./header-values.ts";
import type { Metadata } from "./metadata.ts";
import { Refusal } from "./refusal.ts";

const STRING = 8;
const FLOAT32 = 6;
const INT32 = 5;
const UINT32 = 4;
const MOST_TOKENS = 2 ** 24;
/** A token is a word or a part of one; a published length was cut to 32 bits and overflowed (CVE-2025-49847). */
const MOST_TOKEN_BYTES = 64 * 1024;
/**
 * Ids the engine uses as an index while it loads. It replaces an id outside the list by the default of the tokenizer, which it
 * does not check, so a vocabulary smaller than that default is read beyond its end (llama.cpp 25508).
 */
const leastTokens: Record<string, number> = { llama: 3, gpt2: 12, bert: 104, t5: 3, ugm: 3, plamo2: 4 };
/** A file that ends its answers with a token it does not have never ends them. Others out of range are replaced, with a warning. */
const mustExist = ["bos", "eos"];
/** No token: -1 as the signed and the unsigned writers store it. */
const none = new Set([-1, 2 ** 32 - 1]);
const byteTokenModels = new Set(["llama", "plamo2"]);

const refuse = (key: string): never => {
    throw new Refusal("bad-tokenizer", key);
};

/** Lists of equal length and right kind, ids inside them. Returns the sizes of vocabulary and merges; throws Refusal. */
export function checkTokenizer(
    values: HeaderValues,
    metadata: Metadata,
): { vocabularySize: number; mergeCount: number } {
    const tokens = values.list("tokenizer.ggml.tokens");
    if (!metadata.has("tokenizer.ggml.tokens")) throw new Refusal("missing-key", "tokenizer.ggml.tokens");
    const model = metadata.get("tokenizer.ggml.model");
    if (typeof model !== "string") throw new Refusal("missing-key", "tokenizer.ggml.model");
    if (
        tokens?.elementType !== STRING ||
        tokens.length < (leastTokens[model] ?? 1) ||
        tokens.length > MOST_TOKENS ||
        tokens.longestBytes > MOST_TOKEN_BYTES ||
        (tokens.hasBadByteToken && byteTokenModels.has(model))
    )
        return refuse("tokenizer.ggml.tokens");
    const merges = values.list("tokenizer.ggml.merges");
    if (metadata.has("tokenizer.ggml.merges") && merges?.elementType !== STRING) refuse("tokenizer.ggml.merges");
    checkList(values, metadata, "tokenizer.ggml.scores", [FLOAT32], tokens.length);
    checkList(values, metadata, "tokenizer.ggml.token_type", [INT32, UINT32], tokens.length);
    const suppressed = values.list("tokenizer.ggml.suppress_tokens");
    // Read as 32-bit numbers whatever it says it is (llama.cpp 26690).
    if (metadata.has("tokenizer.ggml.suppress_tokens") && suppressed?.elementType !== INT32)
        refuse("tokenizer.ggml.suppress_tokens");
    for (const [key, id] of metadata) {
        const name = /^tokenizer\.ggml\.(\w+)_token_id$/.exec(key)?.[1];
        if (name === undefined) continue;
        if (typeof id !== "number" || !Number.isInteger(id)) return refuse(key);
        if (none.has(id)) continue;
        if (id < 0 || (mustExist.includes(name) && id >= tokens.length)) refuse(key);
    }
    return { vocabularySize: tokens.length, mergeCount: merges?.length ?? 0 };
}

/** A list beside the tokens: the engine reads as many entries, of the type it expects, as there are tokens. */
function checkList(values: HeaderValues, metadata: Metadata, key: string, types: number[], length: number): void {
    if (!metadata.has(key)) return;
    const list = values.list(key);
    if (!list || !types.includes(list.elementType) || list.length !== length) refuse(key);
}
