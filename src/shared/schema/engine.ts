import { z } from "zod";
import { FailureSchema, Phase } from "./failure.ts";
import { ModelId } from "./ids.ts";
import { GpuBackend } from "./machine.ts";
import { TemplateUse } from "./prompt.ts";
import { RunSettings, SmallerStep } from "./run-settings.ts";

/** What the engine's own backend says of the graphics hardware, asked in a short-lived engine process. */
export const BackendReport = z.object({
    /** Build of llama.cpp inside the engine ("b…" or a release name) and of the library. */
    engineBuild: z.string().max(60),
    libraryVersion: z.string().max(20),
    /** Null: the processor alone. A software driver does not count. */
    backend: GpuBackend.nullable(),
    deviceNames: z.array(z.string().max(200)).max(16),
    totalBytes: z.number().nonnegative(),
    freeBytes: z.number().nonnegative(),
    /** Bytes of graphics memory that are main memory too. */
    unifiedBytes: z.number().nonnegative(),
    /** Physical cores as the engine counts them. */
    mathCores: z.number().int().positive(),
    /** Seen but useless: a software driver such as llvmpipe. */
    softwareDriver: z.string().max(200).nullable(),
});
export type BackendReport = z.infer<typeof BackendReport>;

/** How fast a model wrote with so many threads. */
export const ThreadRate = z.object({ threads: z.number().int().positive(), tokensPerSecond: z.number().positive() });
export type ThreadRate = z.infer<typeof ThreadRate>;

/** What the window shows of the engine. */
export const EngineState = z.object({
    phase: z.union([Phase, z.literal("none"), z.literal("stopped")]),
    /** 0 to 1 while loading or reading; null: unknown or not applicable. */
    progress: z.number().min(0).max(1).nullable(),
    model: z.object({ modelId: ModelId, name: z.string().max(200) }).nullable(),
    settings: RunSettings.nullable(),
    /** The model runs with less than the verdict chose, because its engine had died with more; null: with all of it. */
    lowered: SmallerStep.nullable(),
    /** Why it stopped working; null while all is well. */
    failure: FailureSchema.nullable(),
    loadMilliseconds: z.number().nonnegative().nullable(),
    /** Resident set of the engine process; null: not known. */
    residentBytes: z.number().nonnegative().nullable(),
    /** Build of llama.cpp that runs the model; null: none is loaded. */
    engineBuild: z.string().max(60).nullable(),
    /** How the last conversation was laid out; null before the first answer. */
    template: TemplateUse.nullable(),
});
export type EngineState = z.infer<typeof EngineState>;
