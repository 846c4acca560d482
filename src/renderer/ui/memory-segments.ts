import { formatGibibytes, roundParts } from "#shared/domain/format/bytes.ts";
import type { MemoryPart, MemoryPool } from "#shared/schema/verdict.ts";

/** In the order they are always drawn. */
export const segmentKinds = ["other", "model", "talk", "work", "free", "reserve"] as const;
export type SegmentKind = (typeof segmentKinds)[number];
export type Segment = { kind: SegmentKind; bytes: number };
/** One memory to scale. `overBytes`: how much more than free is needed; 0 where it fits. */
export type Chamber = { totalBytes: number; segments: Segment[]; overBytes: number };

const kindOfPart: Record<MemoryPart["part"], "model" | "talk" | "work"> = {
    weights: "model",
    kvCache: "talk",
    recurrentState: "talk",
    checkpoints: "talk",
    compute: "work",
    output: "work",
    process: "work",
};

/** A memory with a model in it as the verdict plans it; what is too large for it is left out and told as `overBytes`. */
export function chamberOf(pool: MemoryPool): Chamber {
    const bytesOf = (kind: SegmentKind) =>
        pool.parts.reduce((sum, part) => sum + (kindOfPart[part.part] === kind ? part.bytes : 0), 0);
    const left = Math.max(0, pool.freeBytes - pool.needBytes);
    const reserve = Math.min(pool.reserveBytes, left);
    const scale = pool.needBytes > pool.freeBytes ? pool.freeBytes / pool.needBytes : 1;
    return {
        totalBytes: pool.totalBytes,
        overBytes: Math.max(0, pool.needBytes - pool.freeBytes),
        segments: [
            { kind: "other", bytes: Math.max(0, pool.totalBytes - pool.freeBytes) },
            { kind: "model", bytes: bytesOf("model") * scale },
            { kind: "talk", bytes: bytesOf("talk") * scale },
            { kind: "work", bytes: bytesOf("work") * scale },
            { kind: "free", bytes: left - reserve },
            { kind: "reserve", bytes: reserve },
        ],
    };
}

/** A memory as it is now: what all programs use, of it what the loaded model uses, and what is free. */
export function chamberNow(totalBytes: number, freeBytes: number, modelBytes: number, reserveBytes: number): Chamber {
    const used = Math.max(0, totalBytes - freeBytes);
    const model = Math.min(modelBytes, used);
    const reserve = Math.min(reserveBytes, freeBytes);
    return {
        totalBytes,
        overBytes: 0,
        segments: [
            { kind: "other", bytes: used - model },
            { kind: "model", bytes: model },
            { kind: "free", bytes: Math.max(0, freeBytes - reserve) },
            { kind: "reserve", bytes: reserve },
        ],
    };
}

export type SpokenSegment = { kind: SegmentKind; gibibytes: string };

/** Gibibytes with one decimal that add up to the rounded total of the memory; segments of nothing are left out. */
export function spokenSegments({ segments }: Chamber, locale: string): SpokenSegment[] {
    const { partTenths } = roundParts(segments.map(({ bytes }) => bytes));
    return segments.flatMap(({ kind }, index) => {
        const tenths = partTenths[index] ?? 0;
        return tenths > 0 ? [{ kind, gibibytes: formatGibibytes((tenths / 10) * 2 ** 30, locale) }] : [];
    });
}
