import type { Phase } from "#shared/schema/failure.ts";

/**
 * How long a phase may be silent, in milliseconds. Every sign of life and all progress puts it off, so a slow disk or a
 * large vocabulary is healthy; a stopped or hanging process is not (bar B31: a hang while writing is seen within 15 s).
 */
export const PHASE_DEADLINES: Record<Phase, number> = {
    starting: 20_000,
    loading: 60_000,
    reading: 15_000,
    writing: 12_000,
    idle: Number.POSITIVE_INFINITY,
};
