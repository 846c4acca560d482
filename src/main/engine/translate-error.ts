import path from "node:path";
import type { Failure } from "#shared/schema/failure.ts";

const MOST_DETAIL_CHARACTERS = 300;

/**
 * The library's errors as ours, in one place; `complaints` is what llama.cpp wrote meanwhile, which alone says why. Paths
 * never leave the engine: the file's name stands for them.
 */
export function translateError(error: unknown, filePath: string, complaints = ""): Failure {
    const name = error instanceof Error ? error.name : "";
    const message = error instanceof Error ? error.message : String(error);
    const all = `${message}\n${complaints}`;
    const fileName = path.basename(filePath);
    const architecture = /unknown model architecture: '([^']{1,60})'/.exec(all)?.[1];
    if (architecture) return { code: "UNKNOWN_ARCHITECTURE", data: { fileName, architecture } };
    if (
        name === "InsufficientMemoryError" ||
        /(failed|unable) to (allocate|create context)|out of memory|insufficient memory/i.test(all)
    )
        return { code: "LOAD_FAILED", data: { fileName, detail: "the engine could not reserve the memory" } };
    const why = /error loading model: ([^\n]+)/.exec(complaints)?.[1] ?? message;
    const detail = why.replaceAll(filePath, fileName).slice(0, MOST_DETAIL_CHARACTERS);
    return { code: "LOAD_FAILED", data: { fileName, detail } };
}
