import type { Failure } from "#shared/schema/failure.ts";
import { DEFAULT_RUN_SETTINGS } from "#shared/schema/run-settings.ts";

const fileName = "some-model.Q4_K_M.gguf";

/** One of each failure, for the gallery and tests. */
export const failureExamples: Failure[] = [
    { code: "FILE_REFUSED", data: { fileName, fault: "cut-off", detail: "", missingBytes: 5_000_000 } },
    { code: "FILE_MISSING", data: { fileName } },
    { code: "UNKNOWN_ARCHITECTURE", data: { fileName, architecture: "new-thing" } },
    { code: "INSPECTOR_DIED", data: { fileName } },
    { code: "STARTER_MISSING", data: { reason: "set-up could not reach it." } },
    { code: "NOT_ENOUGH_MEMORY", data: { memory: "main", neededBytes: 8.7e9, freeBytes: 5.6e9 } },
    { code: "LOAD_FAILED", data: { fileName, detail: "" } },
    { code: "NO_MODEL_LOADED", data: {} },
    {
        code: "ENGINE_DIED",
        data: {
            cause: { kind: "ended", exitCode: null, signal: "SIGKILL", reason: "out-of-memory", lastWords: null },
            phase: "writing",
            deathsInARow: 1,
        },
    },
    {
        code: "ENGINE_GAVE_UP",
        data: {
            deaths: 3,
            smaller: { step: "shorter-context", settings: { ...DEFAULT_RUN_SETTINGS, contextTokens: 2048 } },
        },
    },
    { code: "ENGINE_BUSY", data: {} },
    { code: "ENGINE_UNAVAILABLE", data: { detail: "" } },
    { code: "PROMPT_TOO_LONG", data: { promptTokens: 9000, contextTokens: 8192 } },
    { code: "TEXT_TOO_LONG", data: { characters: 312_000, mostCharacters: 160_000 } },
    { code: "CHAT_MISSING", data: {} },
    { code: "MESSAGE_MISSING", data: {} },
    { code: "DISK_FULL", data: { neededBytes: 7.1e9, freeBytes: 5e9 } },
    { code: "FOLDER_UNUSABLE", data: { folder: "/media/gone/hearth" } },
    { code: "READ_ONLY", data: { what: "data" } },
    { code: "DATABASE_DAMAGED", data: { keptAs: "hearth.damaged.sqlite" } },
    { code: "DATABASE_NEWER", data: { foundVersion: 3, knownVersion: 1 } },
    { code: "STORAGE_DIED", data: {} },
    { code: "SETTINGS_DAMAGED", data: { keptAs: "settings.damaged.json" } },
    { code: "MODEL_LIST_DAMAGED", data: { keptAs: "added-models.json.bad-2026" } },
    { code: "CATALOG_DAMAGED", data: { field: "models.3.name" } },
    { code: "MACHINE_DAMAGED", data: { field: "memory.totalBytes" } },
    { code: "SCAN_FAILED", data: { part: "graphics" } },
    { code: "HANDLE_EXPIRED", data: {} },
    { code: "NO_FREE_PORT", data: { firstPort: 7420, lastPort: 7439 } },
    { code: "PORT_WRONG", data: { given: "eighty" } },
    { code: "ALREADY_RUNNING", data: { pid: 4242 } },
    { code: "UNEXPECTED", data: { reference: "a1b2c3" } },
];
