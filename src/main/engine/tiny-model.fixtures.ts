/** A llama of 2 layers and 512 tokens that the engine loads in some 20 ms. It writes nonsense, which is enough for all that is not about words. */

const EMBEDDING = 64;
const FEED_FORWARD = 128;
const KV_WIDTH = 32;
const LAYERS = 2;
const VOCABULARY = 512;
const ALIGNMENT = 32;
const F32 = 0;
const F16 = 1;

const template =
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

class Writer {
    readonly parts: Buffer[] = [];
    length = 0;
    raw(part: Buffer) {
        this.parts.push(part);
        this.length += part.length;
    }
    u32(value: number) {
        const part = Buffer.alloc(4);
        part.writeUInt32LE(value);
        this.raw(part);
    }
    u64(value: number) {
        const part = Buffer.alloc(8);
        part.writeBigUInt64LE(BigInt(value));
        this.raw(part);
    }
    f32(value: number) {
        const part = Buffer.alloc(4);
        part.writeFloatLE(value);
        this.raw(part);
    }
    text(value: string) {
        const part = Buffer.from(value, "utf8");
        this.u64(part.length);
        this.raw(part);
    }
    pad() {
        this.raw(Buffer.alloc((ALIGNMENT - (this.length % ALIGNMENT)) % ALIGNMENT));
    }
}

type Value =
    | { type: 4; value: number }
    | { type: 6; value: number }
    | { type: 8; value: string }
    | { type: 9; of: 5 | 6; value: number[] }
    | { type: 9; of: 8; value: string[] };
const u32 = (value: number): Value => ({ type: 4, value });
const text = (value: string): Value => ({ type: 8, value });

/** 256 bytes as tokens, three that control, and words of one or two letters for the rest. */
function vocabulary(): { tokens: string[]; kinds: number[] } {
    const tokens = ["<unk>", "<|im_start|>", "<|im_end|>"];
    const kinds = [2, 3, 3];
    for (let byte = 0; byte < 256; byte++) {
        tokens.push(`<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`);
        kinds.push(6);
    }
    for (let index = 0; tokens.length < VOCABULARY; index++) {
        const letters = [97 + (index % 26), 97 + (Math.floor(index / 26) % 26)];
        tokens.push(`\u2581${String.fromCharCode(...letters)}`);
        kinds.push(1);
    }
    return { tokens, kinds };
}

function tensors(): { name: string; dims: number[]; type: number }[] {
    const layer = (index: number) => [
        { name: `blk.${index}.attn_norm.weight`, dims: [EMBEDDING], type: F32 },
        { name: `blk.${index}.attn_q.weight`, dims: [EMBEDDING, EMBEDDING], type: F16 },
        { name: `blk.${index}.attn_k.weight`, dims: [EMBEDDING, KV_WIDTH], type: F16 },
        { name: `blk.${index}.attn_v.weight`, dims: [EMBEDDING, KV_WIDTH], type: F16 },
        { name: `blk.${index}.attn_output.weight`, dims: [EMBEDDING, EMBEDDING], type: F16 },
        { name: `blk.${index}.ffn_norm.weight`, dims: [EMBEDDING], type: F32 },
        { name: `blk.${index}.ffn_gate.weight`, dims: [EMBEDDING, FEED_FORWARD], type: F16 },
        { name: `blk.${index}.ffn_up.weight`, dims: [EMBEDDING, FEED_FORWARD], type: F16 },
        { name: `blk.${index}.ffn_down.weight`, dims: [FEED_FORWARD, EMBEDDING], type: F16 },
    ];
    return [
        { name: "token_embd.weight", dims: [EMBEDDING, VOCABULARY], type: F16 },
        ...Array.from({ length: LAYERS }, (_, index) => layer(index)).flat(),
        { name: "output_norm.weight", dims: [EMBEDDING], type: F32 },
        { name: "output.weight", dims: [EMBEDDING, VOCABULARY], type: F16 },
    ];
}

function write(out: Writer, value: Value) {
    out.u32(value.type);
    if (value.type === 4) out.u32(value.value);
    else if (value.type === 6) out.f32(value.value);
    else if (value.type === 8) out.text(value.value);
    else {
        out.u32(value.of);
        out.u64(value.value.length);
        if (value.of === 8) for (const item of value.value) out.text(item);
        else if (value.of === 6) for (const item of value.value) out.f32(item);
        else for (const item of value.value) out.u32(item);
    }
}

/** A number in a fixed series between -1 and 1: the same file every time. */
function series() {
    let state = 12345;
    return () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state / 2 ** 31 - 1;
    };
}

/** A sound GGUF file of about 300 kB. */
export function tinyModel({ contextTokens = 2048 } = {}): Uint8Array {
    const { tokens, kinds } = vocabulary();
    const metadata: Record<string, Value> = {
        "general.architecture": text("llama"),
        "general.name": text("Tiny"),
        "llama.block_count": u32(LAYERS),
        "llama.context_length": u32(contextTokens),
        "llama.embedding_length": u32(EMBEDDING),
        "llama.feed_forward_length": u32(FEED_FORWARD),
        "llama.attention.head_count": u32(4),
        "llama.attention.head_count_kv": u32(2),
        "llama.attention.layer_norm_rms_epsilon": { type: 6, value: 1e-5 },
        "llama.rope.dimension_count": u32(16),
        "llama.vocab_size": u32(VOCABULARY),
        "tokenizer.ggml.model": text("llama"),
        "tokenizer.ggml.tokens": { type: 9, of: 8, value: tokens },
        "tokenizer.ggml.scores": { type: 9, of: 6, value: tokens.map((_, index) => -index) },
        "tokenizer.ggml.token_type": { type: 9, of: 5, value: kinds },
        "tokenizer.ggml.bos_token_id": u32(1),
        "tokenizer.ggml.eos_token_id": u32(2),
        "tokenizer.ggml.unknown_token_id": u32(0),
        "tokenizer.chat_template": text(template),
    };
    const out = new Writer();
    out.raw(Buffer.from("GGUF"));
    out.u32(3);
    const list = tensors();
    out.u64(list.length);
    out.u64(Object.keys(metadata).length);
    for (const [key, value] of Object.entries(metadata)) {
        out.text(key);
        write(out, value);
    }
    const data = new Writer();
    const next = series();
    for (const { name, dims, type } of list) {
        out.text(name);
        out.u32(dims.length);
        for (const dim of dims) out.u64(dim);
        out.u32(type);
        out.u64(data.length);
        const count = dims.reduce((product, dim) => product * dim, 1);
        // A row of ones for the norms keeps the numbers sane.
        if (type === F32) data.raw(Buffer.from(new Float32Array(count).fill(1).buffer));
        else {
            // Half floats from 0.25 to 0.5 with a random sign and fraction.
            const halves = Uint16Array.from({ length: count }, () => {
                const value = next();
                return (value < 0 ? 0x8000 : 0) | 0x2c00 | Math.floor(Math.abs(value) * 0x3ff);
            });
            data.raw(Buffer.from(halves.buffer));
        }
        data.pad();
    }
    out.pad();
    return new Uint8Array(Buffer.concat([...out.parts, ...data.parts]));
}
