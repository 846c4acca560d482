import { z } from "zod";

/**
 * How a figure is known. `read` from a file or the system, `measured` on this computer, `published` by a maker or a
 * table, `estimated` by a formula of ours, `corrected` by the reader.
 */
export const Origin = z.enum(["read", "measured", "published", "estimated", "corrected"]);
export type Origin = z.infer<typeof Origin>;

export const Confidence = z.enum(["high", "medium", "low"]);
export type Confidence = z.infer<typeof Confidence>;

/** A value together with how it is known, how sure we are, and, where it helps, a note (a table row, a command, a date). */
export const known = <Value extends z.ZodType>(value: Value) =>
    z.object({ value, origin: Origin, confidence: Confidence, note: z.string().max(300).optional() });
export type Known<Value> = { value: Value; origin: Origin; confidence: Confidence; note?: string | undefined };
