import type { ModelShape } from "../../schema/model-shape.ts";
import type { RunSettings } from "../../schema/run-settings.ts";
import type { CantSayReason, MemoryPart } from "../../schema/verdict.ts";
import { computeBytes } from "./compute-buffers.ts";
import { isKnownArchitecture } from "./known-architectures.ts";
import { cacheBytes, slidingCells } from "./kv-cache.ts";
import { weightBytes } from "./weights.ts";

const MiB = 2 ** 20;
/** The bare engine process (fit/README.md section 7, Linux). */
const ENGINE_PROCESS_BYTES = 90 * MiB;
/** Growth with one model and one context beyond all buffers: 30 MiB and 10 to 50 for the context, of which the middle. */
const MODEL_AND_CONTEXT_BYTES = 60 * MiB;
const BYTES_PER_VOCABULARY_ENTRY = 450;
const BYTES_PER_MERGE = 390;
/** The limit that src/main/engine/load.ts sets on copies of recurrent and sliding-window state. */
const CHECKPOINT_LIMIT_BYTES = 256 * MiB;
/** node-llama-cpp keeps at most so many copies a sequence. */
const MOST_CHECKPOINTS = 32;

/** What a model needs of each memory, part by part, in bytes. */
export type MemoryEstimate = { gpu: MemoryPart[]; main: MemoryPart[] };

/**
 * The sum of fit/README.md section 1 for one sequence. Returns why it cannot be said for an unknown architecture or a
 * setting without a known rule. About 20 µs.
 */
export function estimateMemory(shape: ModelShape, settings: RunSettings): MemoryEstimate | { cantSay: CantSayReason } {
    if (!isKnownArchitecture(shape.architecture)) return { cantSay: "unknown-architecture" };
    if (shape.layers.length === 0 || shape.embeddingLength === 0 || shape.vocabularySize === 0)
        return { cantSay: "unknown-geometry" };
    const weights = weightBytes(shape, settings.gpuLayers);
    const { kv, state } = cacheBytes(shape, settings);
    const compute = computeBytes(shape, settings);
    if (compute.gpu === null) return { cantSay: "flash-attention-off-on-card" };
    const part = (name: MemoryPart["part"], bytes: number): MemoryPart => ({
        part: name,
        bytes,
        origin: shape.source === "header" && (name === "weights" || name === "kvCache") ? "read" : "estimated",
    });
    const processBytes =
        ENGINE_PROCESS_BYTES +
        MODEL_AND_CONTEXT_BYTES +
        BYTES_PER_VOCABULARY_ENTRY * shape.vocabularySize +
        BYTES_PER_MERGE * shape.mergeCount;
    const all = {
        gpu: [
            part("weights", weights.gpu),
            part("kvCache", kv.gpu),
            part("recurrentState", state.gpu),
            part("compute", compute.gpu),
        ],
        main: [
            part("weights", weights.main),
            part("kvCache", kv.main),
            part("recurrentState", state.main),
            part("compute", compute.main),
            part("output", 4 * shape.vocabularySize),
            part("checkpoints", checkpointBytes(shape, settings)),
            part("process", processBytes),
        ],
    };
    const isPresent = ({ bytes }: MemoryPart) => bytes > 0;
    return { gpu: all.gpu.filter(isPresent), main: all.main.filter(isPresent) };
}

/** Copies of the state of models whose cache cannot be cut at will, up to the limit we set (section 7). */
function checkpointBytes(shape: ModelShape, settings: RunSettings): number {
    const perKind = shape.layerKinds.map((kind) => {
        const window = kind.cache?.windowTokens ?? 0;
        const rows =
            window > 0 && kind.cache
                ? Math.min(window, slidingCells(window, settings)) * (kind.cache.keyValues + kind.cache.valueValues) * 2
                : 0;
        return kind.recurrentStateBytes + rows;
    });
    const one = shape.layers.reduce((sum, kind) => sum + (perKind[kind] ?? 0), 0);
    return Math.min(one * MOST_CHECKPOINTS, one > 0 ? Math.max(one, CHECKPOINT_LIMIT_BYTES) : 0);
}

export const sumParts = (parts: MemoryPart[]): number => parts.reduce((sum, { bytes }) => sum + bytes, 0);
