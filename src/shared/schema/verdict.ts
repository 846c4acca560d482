import { z } from "zod";
import { Origin } from "./origin.ts";
import { RunSettings } from "./run-settings.ts";

/** First match wins: cant-say (a fact is missing), wont-fit (need > free), slow (middle < 5 tokens/s), tight (need > usable), fits. */
export const VerdictKind = z.enum(["fits", "tight", "slow", "wont-fit", "cant-say"]);
export type VerdictKind = z.infer<typeof VerdictKind>;

/** One row of the arithmetic. Parts of a pool add up to its need. */
export const MemoryPart = z.object({
    part: z.enum(["weights", "kvCache", "recurrentState", "compute", "output", "checkpoints", "process"]),
    bytes: z.number().nonnegative(),
    origin: Origin,
});
export type MemoryPart = z.infer<typeof MemoryPart>;

/** One memory: the graphics card's, or main memory (where memory is unified, the shared pool stands as `main`). */
export const MemoryPool = z.object({
    pool: z.enum(["gpu", "main"]),
    totalBytes: z.number().nonnegative(),
    freeBytes: z.number().nonnegative(),
    /** What is left alone: fit/README.md section 9. */
    reserveBytes: z.number().nonnegative(),
    /** free − reserve, never below 0. */
    usableBytes: z.number().nonnegative(),
    needBytes: z.number().nonnegative(),
    parts: z.array(MemoryPart),
});
export type MemoryPool = z.infer<typeof MemoryPool>;

/** Tokens a second. `low` to `high` holds the truth in `coverage` of cases; `middle` is the geometric middle. */
export const SpeedRange = z.object({
    lowTokensPerSecond: z.number().positive(),
    middleTokensPerSecond: z.number().positive(),
    highTokensPerSecond: z.number().positive(),
    coverage: z.literal(0.8),
    confidence: z.enum(["good", "fair", "rough"]),
    origin: Origin,
    /** Why it is so: the largest of the three terms of the decode model. */
    limitedBy: z.enum(["bandwidth", "conversation", "overhead"]),
    /** Bytes read for one token and the bandwidth that serves it, for the sentence. */
    bytesPerToken: z.number().positive(),
    bandwidthBytesPerSecond: z.number().positive(),
});
export type SpeedRange = z.infer<typeof SpeedRange>;

export const CantSayReason = z.enum([
    "unknown-architecture",
    "unknown-tensor-type",
    "unknown-speed",
    "unknown-memory",
    "unknown-geometry",
    "flash-attention-off-on-card",
    "shape-too-large",
]);
export type CantSayReason = z.infer<typeof CantSayReason>;

export const Verdict = z.object({
    kind: VerdictKind,
    cantSay: CantSayReason.nullable(),
    settings: RunSettings,
    /** The memories used, fastest first; empty only for cant-say. */
    pools: z.array(MemoryPool),
    /** Null: no honest figure (does not fit, or a fact is missing). */
    decode: SpeedRange.nullable(),
    /** True when weights and cache lie wholly in the fastest memory of this computer. */
    isInFastestMemory: z.boolean(),
});
export type Verdict = z.infer<typeof Verdict>;
