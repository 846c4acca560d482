import { formatGibibytes, roundParts } from "#shared/domain/format/bytes.ts";
import type { MemoryPart, MemoryPool } from "#shared/schema/verdict.ts";

/** In the order they are always drawn. */
export const segmentKinds = ["other", "model", "talk", "work", "free", "reserve"] as const;
export type SegmentKind = (typeof segmentKinds)[number];
/** `tenths`: tenths of GiB as they are said, where the sum of the verdict has rounded them already. */
export type Segment = { kind: SegmentKind; bytes: number; tenths?: number };
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

const toTenths = (bytes: number): number => Math.round((bytes / 2 ** 30) * 10);

/** A pool in tenths of GiB as the sum says them: parts add up to the need, usable and reserve to what is free. */
export function roundPool(pool: MemoryPool) {
    const { totalTenths: need, partTenths: parts } = roundParts(pool.parts.map(({ bytes }) => bytes));
    const free = toTenths(pool.freeBytes);
    const usable = toTenths(pool.usableBytes);
    return { need, parts, free, usable, reserve: free - usable, total: toTenths(pool.totalBytes) };
}

/** A memory with a model in it as the verdict plans it; what is too large for it is left out and told as `overBytes`. */
export function chamberOf(pool: MemoryPool): Chamber {
    const rounded = roundPool(pool);
    const isOver = pool.needBytes > pool.freeBytes;
    const scale = isOver ? pool.freeBytes / pool.needBytes : 1;
    const used = (kind: "model" | "talk" | "work"): Segment => {
        const own = pool.parts.map(({ part }) => kindOfPart[part] === kind);
        const bytes = pool.parts.reduce((sum, part, index) => sum + (own[index] ? part.bytes : 0), 0);
        const tenths = rounded.parts.reduce((sum, part, index) => sum + (own[index] ? part : 0), 0);
        return { kind, bytes: bytes * scale, tenths };
    };
    const left = Math.max(0, pool.freeBytes - pool.needBytes);
    const reserve = Math.min(pool.reserveBytes, left);
    const leftTenths = Math.max(0, rounded.free - rounded.need);
    const reserveTenths = Math.min(rounded.reserve, leftTenths);
    return {
        totalBytes: pool.totalBytes,
        overBytes: isOver ? pool.needBytes - pool.freeBytes : 0,
        segments: [
            {
                kind: "other",
                bytes: Math.max(0, pool.totalBytes - pool.freeBytes),
                tenths: Math.max(0, rounded.total - rounded.free),
            },
            used("model"),
            used("talk"),
            used("work"),
            { kind: "free", bytes: left - reserve, tenths: leftTenths - reserveTenths },
            { kind: "reserve", bytes: reserve, tenths: reserveTenths },
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
    return segments.flatMap(({ kind, tenths: said }, index) => {
        const tenths = said ?? partTenths[index] ?? 0;
        return tenths > 0 ? [{ kind, gibibytes: formatGibibytes((tenths / 10) * 2 ** 30, locale) }] : [];
    });
}
