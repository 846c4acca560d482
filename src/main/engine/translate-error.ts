import path from "node:path";
import type { Failure } from "#shared/schema/failure.ts";

/** The library's errors as ours, in one place. Paths never leave the engine: the file's name stands for it. */
export function translateError(error: unknown, filePath: string): Failure {
    const name = error instanceof Error ? error.name : "";
    const message = error instanceof Error ? error.message : String(error);
    const fileName = path.basename(filePath);
    const architecture = /unknown model architecture: '([^']{1,60})'/.exec(message)?.[1];
    if (architecture) return { code: "UNKNOWN_ARCHITECTURE", data: { fileName, architecture } };
    if (
        name === "InsufficientMemoryError" ||
        /failed to (allocate|create context)|out of memory|insufficient memory/i.test(message)
    )
        return { code: "LOAD_FAILED", data: { fileName, detail: "the engine could not reserve the memory" } };
    return { code: "LOAD_FAILED", data: { fileName, detail: message.replaceAll(filePath, fileName).slice(0, 300) } };
}
