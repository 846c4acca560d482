import { z } from "zod";
import { Smaller } from "./run-settings.ts";

const bytes = z.number().nonnegative();
const short = z.string().max(300);

/** Where the engine is; each phase has its own deadline. */
export const Phase = z.enum(["starting", "loading", "reading", "writing", "idle"]);
export type Phase = z.infer<typeof Phase>;

/**
 * Why a process ended, from evidence. `out-of-memory`: the kernel counted it, or its last words say so. `assertion`: llama.cpp
 * met a value it does not accept. `crash`: a fault such as SIGSEGV. `outside`: killed, and the kernel says memory had not run
 * out. `unknown`: nothing tells.
 */
export const ExitReason = z.enum(["out-of-memory", "assertion", "crash", "outside", "unknown"]);
export type ExitReason = z.infer<typeof ExitReason>;

/** Why an engine is gone, which no RPC would say. */
export const ExitCause = z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("asked") }),
    z.object({
        kind: z.literal("ended"),
        exitCode: z.number().nullable(),
        signal: z.string().max(20).nullable(),
        reason: ExitReason,
        /** The line of its log that tells why, without paths; null: none does. */
        lastWords: short.nullable(),
    }),
    z.object({ kind: z.literal("silent"), phase: Phase, milliseconds: z.number() }),
]);
export type ExitCause = z.infer<typeof ExitCause>;

/** What the header reader found wrong; each has its own sentence. */
export const HeaderFault = z.enum([
    "not-a-file",
    "unreadable",
    "empty",
    "foreign-format",
    "big-endian",
    "unsupported-version",
    "cut-off",
    "too-many-tensors",
    "too-many-keys",
    "string-too-long",
    "array-too-long",
    "nested-array",
    "bad-value-type",
    "bad-key",
    "duplicate-key",
    "bad-tensor",
    "duplicate-tensor",
    "unknown-tensor-type",
    "bad-alignment",
    "tensor-outside-file",
    "overlapping-tensors",
    "missing-key",
    "bad-geometry",
    "bad-tokenizer",
    "too-large-header",
    "split-part",
    "not-a-chat-model",
    "too-slow",
    "stopped",
]);
export type HeaderFault = z.infer<typeof HeaderFault>;

/**
 * Every way Hearth can fail, with the data its sentence needs. A code without a sentence and one button in
 * src/shared/domain/failure-sentences.ts does not compile.
 */
export const failures = {
    FILE_REFUSED: {
        data: z.object({ fileName: short, fault: HeaderFault, detail: short, missingBytes: bytes.nullable() }),
    },
    FILE_MISSING: { data: z.object({ fileName: short }) },
    UNKNOWN_ARCHITECTURE: { data: z.object({ fileName: short, architecture: short }) },
    INSPECTOR_DIED: { data: z.object({ fileName: short }) },
    STARTER_MISSING: { data: z.object({ reason: short }) },
    /** Which memory lacks most; `freeBytes` counts what a loaded model would give back. */
    NOT_ENOUGH_MEMORY: { data: z.object({ memory: z.enum(["gpu", "main"]), neededBytes: bytes, freeBytes: bytes }) },
    LOAD_FAILED: { data: z.object({ fileName: short, detail: short }) },
    NO_MODEL_LOADED: { data: z.object({}) },
    ENGINE_DIED: { data: z.object({ cause: ExitCause, phase: Phase, deathsInARow: z.number() }) },
    /** Three deaths in two minutes: it is not started again until asked, with the smaller settings; null: there are none. */
    ENGINE_GAVE_UP: { data: z.object({ deaths: z.number(), smaller: Smaller.nullable() }) },
    ENGINE_BUSY: { data: z.object({}) },
    ENGINE_UNAVAILABLE: { data: z.object({ detail: short }) },
    PROMPT_TOO_LONG: { data: z.object({ promptTokens: z.number(), contextTokens: z.number() }) },
    /** More than one message may have (src/shared/contract/text.ts). */
    TEXT_TOO_LONG: { data: z.object({ characters: z.number(), mostCharacters: z.number() }) },
    CHAT_MISSING: { data: z.object({}) },
    MESSAGE_MISSING: { data: z.object({}) },
    DISK_FULL: { data: z.object({ neededBytes: bytes.nullable(), freeBytes: bytes.nullable() }) },
    /** The profile's folder is not there and cannot be made; Hearth does not start. The window never sees it. */
    FOLDER_UNUSABLE: { data: z.object({ folder: z.string().max(4096) }) },
    READ_ONLY: { data: z.object({ what: z.enum(["data", "models", "settings"]) }) },
    DATABASE_DAMAGED: { data: z.object({ keptAs: short }) },
    DATABASE_NEWER: { data: z.object({ foundVersion: z.number(), knownVersion: z.number() }) },
    STORAGE_DIED: { data: z.object({}) },
    SETTINGS_DAMAGED: { data: z.object({ keptAs: short }) },
    MODEL_LIST_DAMAGED: { data: z.object({ keptAs: short }) },
    CATALOG_DAMAGED: { data: z.object({ field: short }) },
    MACHINE_DAMAGED: { data: z.object({ field: short }) },
    SCAN_FAILED: { data: z.object({ part: z.enum(["cpu", "memory", "graphics", "disk", "system"]) }) },
    HANDLE_EXPIRED: { data: z.object({}) },
    NO_FREE_PORT: { data: z.object({ firstPort: z.number(), lastPort: z.number() }) },
    PORT_WRONG: { data: z.object({ given: short }) },
    /** Another process holds the profile and does not answer. */
    ALREADY_RUNNING: { data: z.object({ pid: z.number().int().positive().nullable() }) },
    UNEXPECTED: { data: z.object({ reference: short }) },
} as const;

export type FailureCode = keyof typeof failures;
export type Failure = {
    [Code in FailureCode]: { code: Code; data: z.infer<(typeof failures)[Code]["data"]> };
}[FailureCode];

const options = Object.entries(failures).map(([code, { data }]) => z.object({ code: z.literal(code), data }));
/** Any failure, checked by its code. */
export const FailureSchema = z.discriminatedUnion("code", options as never) as unknown as z.ZodType<Failure, Failure>;

/** The throwable. Services throw it for what can happen; anything else that is thrown is a bug of ours. */
export class Failed extends Error {
    readonly failure: Failure;
    constructor(failure: Failure) {
        super(failure.code);
        this.name = "Failed";
        this.failure = failure;
    }
}
