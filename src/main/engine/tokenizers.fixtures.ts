/** Small vocabularies of each kind that text models have, complete enough to write and read any text. */
import { f32List, i32List, text, textList, u32, type Value } from "../inspector/gguf-writer.fixtures.ts";

export const VOCABULARY = 512;
export type Tokenizer = [key: string, value: Value][];

const NORMAL = 1;
const UNKNOWN = 2;
const CONTROL = 3;
const BYTE = 6;

const letters = (index: number) => String.fromCharCode(97 + (index % 26), 97 + (Math.floor(index / 26) % 26));

/** 256 bytes as tokens, three that control, and words of two letters for the rest. */
function sentencePieces(): { tokens: string[]; kinds: number[] } {
    const tokens = ["<unk>", "<|im_start|>", "<|im_end|>"];
    const kinds = [UNKNOWN, CONTROL, CONTROL];
    for (let byte = 0; byte < 256; byte++) {
        tokens.push(`<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`);
        kinds.push(BYTE);
    }
    for (let index = 0; tokens.length < VOCABULARY; index++) {
        tokens.push(`\u2581${letters(index)}`);
        kinds.push(NORMAL);
    }
    return { tokens, kinds };
}

/** SentencePiece with byte tokens, as Llama 2 and Gemma have ("llama"), or a unigram model ("t5"). */
export function pieceTokenizer(model: "llama" | "t5" = "llama"): Tokenizer {
    const { tokens, kinds } = sentencePieces();
    return [
        ["tokenizer.ggml.model", text(model)],
        ["tokenizer.ggml.tokens", textList(tokens)],
        ["tokenizer.ggml.scores", f32List(tokens.map((_, index) => -index))],
        ["tokenizer.ggml.token_type", i32List(kinds)],
        ["tokenizer.ggml.bos_token_id", u32(1)],
        ["tokenizer.ggml.eos_token_id", u32(2)],
        ["tokenizer.ggml.unknown_token_id", u32(0)],
    ];
}

/** The printable character that byte-level BPE writes for each byte. */
function byteCharacters(): string[] {
    const isPrintable = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    let others = 256;
    return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(isPrintable(byte) ? byte : others++));
}

/** Byte-level BPE with the text-splitting rule `pre`, as most models since Llama 3 have. */
export function byteLevelTokenizer(pre: string): Tokenizer {
    const pairs = Array.from({ length: VOCABULARY - 260 }, (_, index) => letters(index));
    const tokens = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|pad|>", ...byteCharacters(), ...pairs];
    return [
        ["tokenizer.ggml.model", text("gpt2")],
        ["tokenizer.ggml.pre", text(pre)],
        ["tokenizer.ggml.tokens", textList(tokens)],
        ["tokenizer.ggml.token_type", i32List(tokens.map((_, index) => (index < 4 ? CONTROL : NORMAL)))],
        ["tokenizer.ggml.merges", textList(pairs.map((pair) => [...pair].join(" ")))],
        ["tokenizer.ggml.bos_token_id", u32(1)],
        ["tokenizer.ggml.eos_token_id", u32(2)],
        ["tokenizer.ggml.padding_token_id", u32(3)],
    ];
}
