import type { Chamber } from "../ui/memory-segments.ts";

const GiB = 2 ** 30;
const chamber = (parts: Record<Chamber["segments"][number]["kind"], number>, overBytes = 0): Chamber => ({
    totalBytes: 12 * GiB,
    overBytes,
    segments: Object.entries(parts).map(([kind, size]) => ({
        kind: kind as Chamber["segments"][number]["kind"],
        bytes: size * GiB,
    })),
});

/** States of the memory bar: invented figures, shown in the gallery alone. */
export const chamberExamples = {
    fits: chamber({ other: 0.8, model: 6.6, talk: 0.6, work: 0.9, free: 1.5, reserve: 1.6 }),
    tight: chamber({ other: 0.8, model: 8.8, talk: 0.9, work: 1.1, free: 0, reserve: 0.4 }),
    over: chamber({ other: 0.8, model: 9.6, talk: 0.8, work: 0.8, free: 0, reserve: 0 }, 9.7 * GiB),
    empty: chamber({ other: 0.8, model: 0, talk: 0, work: 0, free: 9.6, reserve: 1.6 }),
};

/** States of the speed gauge, in tokens a second. */
export const gaugeExamples = {
    predicted: { predicted: { low: 28, middle: 35, high: 43 } },
    both: { predicted: { low: 28, middle: 35, high: 43 }, measured: 37 },
    many: { predicted: { low: 28, middle: 35, high: 43 }, measured: 37, spread: { low: 31, high: 46 } },
    outside: { predicted: { low: 28, middle: 35, high: 43 }, measured: 60 },
    measured: { predicted: null, measured: 12 },
    slowest: { predicted: { low: 0.3, middle: 0.8, high: 1.4 } },
    unknown: { predicted: null },
    mini: { predicted: { low: 28, middle: 35, high: 43 }, isMini: true },
};
