/** Weights for generated models: the same bytes every time, of a size that keeps the numbers sane. */
import { F32, type TensorEntry } from "../inspector/gguf-writer.fixtures.ts";
import { tensorBytes } from "../inspector/tensor-size.ts";

const F16 = 1;
const BF16 = 30;
/** About 0.001 as a half, and -7.5 times as much: the offset that centres a block of unsigned values. */
const SCALE = 0x1419;
const OFFSET = 0x9fae;
type Scales = (block: Buffer) => void;
const halves =
    (...places: [at: number, half: number][]): Scales =>
    (block) =>
        places.forEach(([at, half]) => block.writeUInt16LE(half, at));
const atStart = halves([0, SCALE]);
/** Sets the scales of a block, by tensor type; all other bits may be anything (ggml's block structures). */
const scales: Record<number, Scales> = {
    2: atStart,
    3: halves([0, SCALE], [2, OFFSET]),
    6: atStart,
    7: halves([0, SCALE], [2, OFFSET]),
    8: atStart,
    10: halves([80, SCALE], [82, SCALE]),
    11: halves([108, SCALE]),
    // These subtract their offset.
    12: halves([0, SCALE], [2, OFFSET & 0x7fff]),
    13: halves([0, SCALE], [2, OFFSET & 0x7fff]),
    14: halves([208, SCALE]),
    16: atStart,
    17: atStart,
    18: atStart,
    19: atStart,
    20: atStart,
    21: atStart,
    22: atStart,
    23: atStart,
    // IQ1_M spreads its scale over the upper four bits of four numbers.
    29: (block) =>
        [49, 51, 53, 55].forEach((at, index) =>
            block.writeUInt8((block.readUInt8(at) & 0x0f) | (((SCALE >> (4 * index)) & 0x0f) << 4), at),
        ),
    34: halves([52, SCALE]),
    35: halves([64, SCALE]),
    // Exponents in place of a half: 2 to the power of -6, and small eight-bit floats.
    39: (block) => void block.writeUInt8(121, 0),
    40: (block) => void block.fill(0x08, 0, 4),
    41: atStart,
    42: atStart,
};
/**
 * Rows left empty, which the model never prefers. Control tokens come first in every vocabulary here and then the single
 * bytes: a model with an output of its own writes words, one without may write bytes too, which it must be able to read.
 */
const emptyRows: Record<string, number> = { "token_embd.weight": 4, "output.weight": 260 };

/** Bytes in a fixed series. */
function series(seed: number): () => number {
    let state = seed >>> 0;
    return () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state >>> 16;
    };
}

/** A tensor's bytes: norms are ones, biases zeros, decays of a state space negative, everything else small and mixed. */
export function runnableWeights({ name, dimensions, type }: TensorEntry, bytes: number): Uint8Array {
    const written = mixed({ name, dimensions, type }, bytes);
    written.fill(0, 0, (bytes / Number(dimensions[1] ?? 1)) * (emptyRows[name] ?? 0));
    return written;
}

function mixed({ name, dimensions, type }: TensorEntry, bytes: number): Uint8Array {
    const next = series(name.length * 7919 + bytes);
    if (type === F32) {
        const one = constant(name, dimensions.length);
        const values = Float32Array.from({ length: bytes / 4 }, () => one ?? (next() - 0x8000) / 0x40000);
        return new Uint8Array(values.buffer);
    }
    if (type === F16 || type === BF16) {
        // From 1/16 to 1/8, with a random sign and fraction.
        const [small, fraction] = type === F16 ? [0x2c00, 0x3ff] : [0x3d80, 0x7f];
        return new Uint8Array(
            Uint16Array.from({ length: bytes / 2 }, () => {
                const bits = next();
                return ((bits & 1) << 15) | small | ((bits >> 1) & fraction);
            }).buffer,
        );
    }
    const whole = Buffer.from(Uint8Array.from({ length: bytes }, next));
    const step = blockBytes(type, Number(dimensions[0]));
    for (let at = 0; at < bytes; at += step) scales[type]?.(whole.subarray(at, at + step));
    return whole;
}

/** The value of tensors that are no matrix; undefined: a matrix of 32-bit floats. */
function constant(name: string, dimensionCount: number): number | undefined {
    if (name.endsWith("ssm_a")) return -1;
    if (name.endsWith(".bias")) return 0;
    return dimensionCount === 1 || /ssm_|conv/.test(name) ? 1 : undefined;
}

/** Bytes of the shortest row that the type has. */
function blockBytes(type: number, row: number): number {
    for (let elements = 32; elements <= row; elements *= 2) {
        const bytes = tensorBytes(type, [elements]);
        if (bytes !== null) return bytes;
    }
    throw new Error(`type ${type} has no row of ${row}`);
}
