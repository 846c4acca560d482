import type { Confidence, Known, Origin } from "#shared/schema/origin.ts";

/** A value with how it is known. */
export const known = <Value>(value: Value, origin: Origin, confidence: Confidence, note?: string): Known<Value> => ({
    value,
    origin,
    confidence,
    ...(note === undefined ? {} : { note: note.slice(0, 300) }),
});
