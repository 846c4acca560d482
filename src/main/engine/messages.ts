import { z } from "zod";
import { AnswerStatistics } from "#shared/schema/answer.ts";
import { Turn } from "#shared/schema/chat.ts";
import { BackendReport, ThreadRate } from "#shared/schema/engine.ts";
import { FailureSchema, Phase } from "#shared/schema/failure.ts";
import { Prompt } from "#shared/schema/prompt.ts";
import { CacheType, RunSettings } from "#shared/schema/run-settings.ts";

const request = z.number().int().nonnegative();

/** The number of a request, in whatever else it came. */
export const Asked = z.object({ request });

/** All that the host says to the engine; parsed where it arrives. */
export const ToEngine = z.discriminatedUnion("kind", [
    /** Without `useGraphics` no graphics driver is touched: for a computer where one has taken the engine down. */
    z.object({ kind: z.literal("backends"), request, useGraphics: z.boolean() }),
    z.object({
        kind: z.literal("load"),
        request,
        filePath: z.string().min(1),
        settings: RunSettings,
        useGraphics: z.boolean(),
    }),
    /** Which turns leave room for an answer; `share` is the part of the context that they may take. */
    z.object({ kind: z.literal("fit"), request, turns: z.array(Turn).min(1), share: z.number().min(0).max(1) }),
    z.object({
        kind: z.literal("generate"),
        request,
        prompt: Prompt,
        maxTokens: z.number().int().positive().nullable(),
    }),
    /** Writes a little with each number of threads, so many milliseconds each; a stop ends it. */
    z.object({
        kind: z.literal("probe-threads"),
        request,
        counts: z.array(z.number().int().positive()).min(1).max(8),
        milliseconds: z.number().positive(),
    }),
    z.object({ kind: z.literal("stop"), request }),
]);
export type ToEngine = z.infer<typeof ToEngine>;

/** All that the engine says to the host. `request` names what it answers. */
export const FromEngine = z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("ready"), libraryVersion: z.string() }),
    /** A sign of life, at least every 250 ms while anything runs; progress is 0 to 1. */
    z.object({ kind: z.literal("alive"), phase: Phase, progress: z.number().min(0).max(1).nullable() }),
    z.object({ kind: z.literal("backends"), request, report: BackendReport }),
    z.object({
        kind: z.literal("loaded"),
        request,
        milliseconds: z.number(),
        settings: RunSettings,
        cacheFellBackFrom: CacheType.nullable(),
        engineBuild: z.string().max(60),
    }),
    z.object({ kind: z.literal("fitted"), request, firstTurn: z.number().int().nonnegative() }),
    z.object({ kind: z.literal("reading"), request, tokensRead: z.number().int(), tokensTotal: z.number().int() }),
    z.object({ kind: z.literal("text"), request, text: z.string(), tokensWritten: z.number().int().nonnegative() }),
    /** Empty: it was stopped, or there is no model. */
    z.object({ kind: z.literal("threads-probed"), request, rates: z.array(ThreadRate) }),
    z.object({ kind: z.literal("generated"), request, statistics: AnswerStatistics }),
    z.object({ kind: z.literal("failed"), request, failure: FailureSchema }),
]);
export type FromEngine = z.infer<typeof FromEngine>;
