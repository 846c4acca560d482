import { z } from "zod";
import { FailureSchema } from "./failure.ts";

/** Measured while one answer was made. */
export const AnswerStatistics = z.object({
    promptTokens: z.number().int().nonnegative(),
    /** Of the prompt, the tokens that were already in the KV cache and so were not read again. */
    cachedTokens: z.number().int().nonnegative(),
    answerTokens: z.number().int().nonnegative(),
    timeToFirstTokenMilliseconds: z.number().nonnegative(),
    /** Decode only: from the first token to the last; null under 2 tokens. */
    tokensPerSecond: z.number().positive().nullable(),
    /** Prefill; null where nothing was read. */
    promptTokensPerSecond: z.number().positive().nullable(),
    /** Why it ended: the model's end token, the length limit, or the reader. */
    stopReason: z.enum(["end", "length", "stopped"]),
});
export type AnswerStatistics = z.infer<typeof AnswerStatistics>;

/** What had been predicted for an answer when it was asked, by the formula and by what was measured until then. */
export const PredictedSpeed = z.object({
    lowTokensPerSecond: z.number().positive(),
    middleTokensPerSecond: z.number().positive(),
    highTokensPerSecond: z.number().positive(),
});
export type PredictedSpeed = z.infer<typeof PredictedSpeed>;

/** What a follower of an answer sees. A stream always ends in exactly one of done, stopped, failed. */
export const AnswerEvent = z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("loading"), progress: z.number().min(0).max(1).nullable() }),
    z.object({ kind: z.literal("reading"), tokensRead: z.number().int(), tokensTotal: z.number().int() }),
    /** `endOffset`: length of the whole answer after this text, in UTF-16 units; resume with it. */
    z.object({
        kind: z.literal("text"),
        text: z.string(),
        endOffset: z.number().int().nonnegative(),
        /** Of the whole answer, with this text; null where it was read from the disk. */
        tokensWritten: z.number().int().nonnegative().nullable(),
    }),
    z.object({ kind: z.literal("done"), statistics: AnswerStatistics }),
    z.object({ kind: z.literal("stopped"), statistics: AnswerStatistics.nullable() }),
    z.object({ kind: z.literal("failed"), failure: FailureSchema }),
]);
export type AnswerEvent = z.infer<typeof AnswerEvent>;
