import { ORPCError } from "@orpc/client";
import { type Failure, type FailureCode, FailureSchema } from "#shared/schema/failure.ts";
import { words } from "../words/words.ts";

/** What the one button of a failure does. `again` repeats what failed; the others lead elsewhere. */
export type FailureAction = "again" | "choose-file" | "show-chats" | "load-model" | "scan" | "edit-text" | "dismiss";

/** A code without a way on does not compile; its sentence and its button's words stand in src/shared/domain/failure-sentences.ts. */
export const failureActions: { [Code in FailureCode]: FailureAction } = {
    FILE_REFUSED: "choose-file",
    FILE_MISSING: "choose-file",
    UNKNOWN_ARCHITECTURE: "choose-file",
    INSPECTOR_DIED: "choose-file",
    STARTER_MISSING: "choose-file",
    NOT_ENOUGH_MEMORY: "again",
    LOAD_FAILED: "again",
    NO_MODEL_LOADED: "load-model",
    ENGINE_DIED: "again",
    ENGINE_GAVE_UP: "again",
    ENGINE_BUSY: "again",
    ENGINE_UNAVAILABLE: "again",
    PROMPT_TOO_LONG: "edit-text",
    TEXT_TOO_LONG: "edit-text",
    CHAT_MISSING: "show-chats",
    MESSAGE_MISSING: "show-chats",
    DISK_FULL: "again",
    FOLDER_UNUSABLE: "again",
    READ_ONLY: "again",
    DATABASE_DAMAGED: "dismiss",
    DATABASE_NEWER: "again",
    STORAGE_DIED: "again",
    SETTINGS_DAMAGED: "dismiss",
    MODEL_LIST_DAMAGED: "dismiss",
    CATALOG_DAMAGED: "again",
    MACHINE_DAMAGED: "scan",
    SCAN_FAILED: "scan",
    HANDLE_EXPIRED: "again",
    NO_FREE_PORT: "again",
    PORT_WRONG: "again",
    ALREADY_RUNNING: "again",
    UNEXPECTED: "again",
};

export type SaidFailure = { sentence: string; button: string; action: FailureAction };

/** A failure in Hearth's words: what happened, the words of its button, and what the button does. */
export function failureWords(failure: Failure): SaidFailure {
    // Each sentence takes the data of its own code, which TypeScript cannot follow through the index.
    const say = words.failures[failure.code] as (data: Failure["data"]) => { sentence: string; button: string };
    return { ...say(failure.data), action: failureActions[failure.code] };
}

/** The failure that a refused call carries; undefined where the line was lost or the error is none of ours. */
export function toFailure(error: unknown): Failure | undefined {
    if (!(error instanceof ORPCError)) return undefined;
    const checked = FailureSchema.safeParse({ code: error.code, data: error.data as unknown });
    return checked.success ? checked.data : undefined;
}
