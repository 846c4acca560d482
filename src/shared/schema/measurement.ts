import { z } from "zod";
import { ModelId } from "./ids.ts";
import { RunSettings } from "./run-settings.ts";

/** One measured answer beside what had been predicted for it. */
export const Measurement = z.object({
    modelId: ModelId,
    modelName: z.string().max(200),
    /** Milliseconds since 1970. */
    measuredAt: z.number(),
    /** What it holds for: another device, backend or engine build starts anew. */
    deviceKey: z.string().max(200),
    engineBuild: z.string().max(60),
    settings: RunSettings,
    predictedTokensPerSecond: z.number().positive().nullable(),
    predictedLowTokensPerSecond: z.number().positive().nullable(),
    predictedHighTokensPerSecond: z.number().positive().nullable(),
    measuredTokensPerSecond: z.number().positive(),
    timeToFirstTokenMilliseconds: z.number().nonnegative(),
    promptTokens: z.number().int().nonnegative(),
    answerTokens: z.number().int().positive(),
    isOnBattery: z.boolean(),
});
export type Measurement = z.infer<typeof Measurement>;
