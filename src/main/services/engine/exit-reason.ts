import type { ExitCause, ExitReason } from "#shared/schema/failure.ts";
import type { ProcessExit } from "../../shell.ts";

const MOST_CHARACTERS = 200;
const memoryWords =
    /out of memory|failed to allocate|cannot allocate memory|unable to allocate|bad_alloc|OutOfDeviceMemory|OutOfHostMemory/i;
const assertionWords = /GGML_ASSERT|GGML_ABORT|assertion .*failed|terminate called|what\(\):|CUDA error|vk::\w*Error/i;
const crashSignals = new Set(["SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGABRT", "SIGTRAP"]);
/** Folders of a path, with either kind of slash; the file's own name stays. */
const folders = /(?:[A-Za-z]:)?[\\/](?:[^\s\\/:'"()]+[\\/])+/g;

/** The last line of a log that tells why its process ended, without the folders of paths; null: none does. */
export function findLastWords(logTail: string): string | null {
    const telling = logTail
        .split("\n")
        .map((line) => line.trim())
        .findLast((line) => memoryWords.test(line) || assertionWords.test(line));
    return telling === undefined
        ? null
        : telling
              .replaceAll(folders, "")
              .replaceAll(/\p{Cc}/gu, " ")
              .slice(0, MOST_CHARACTERS);
}

/**
 * Judges an end by its evidence. `outOfMemoryKills` is how often the kernel ended a process for lack of memory since this one
 * began; null: this system does not tell.
 */
export function judgeExit(
    { exitCode, signal }: ProcessExit,
    { logTail, outOfMemoryKills }: { logTail: string; outOfMemoryKills: number | null },
): { reason: ExitReason; lastWords: string | null } {
    const lastWords = findLastWords(logTail);
    const isKilled = signal === "SIGKILL" || exitCode === 128 + 9;
    const say = (reason: ExitReason) => ({ reason, lastWords });
    if (isKilled && (outOfMemoryKills ?? 0) > 0) return say("out-of-memory");
    // Who is killed had no last words: what stands in the log is older.
    if (isKilled) return { reason: outOfMemoryKills === 0 ? "outside" : "unknown", lastWords: null };
    if (lastWords !== null) return say(memoryWords.test(lastWords) ? "out-of-memory" : "assertion");
    if (signal !== null && crashSignals.has(signal)) return say("crash");
    return say("unknown");
}

/** For the log, which holds nothing of a file. */
export function withoutWords(cause: ExitCause): Record<string, string | number | null> {
    if (cause.kind !== "ended") return cause;
    const { kind, exitCode, signal, reason } = cause;
    return { kind, exitCode, signal, reason };
}
