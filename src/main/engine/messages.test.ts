import { expect, it } from "vitest";
import { DEFAULT_RUN_SETTINGS } from "#shared/schema/run-settings.ts";
import { FromEngine, ToEngine } from "./messages.ts";
import { sizeSlice } from "./read-prompt.ts";
import { translateError } from "./translate-error.ts";

it("accepts what the protocol knows and nothing else", () => {
    const load = { kind: "load", request: 1, filePath: "/m/a.gguf", settings: DEFAULT_RUN_SETTINGS, useGraphics: true };
    expect(ToEngine.safeParse(load).success).toBe(true);
    expect(ToEngine.safeParse({ ...load, filePath: "" }).success).toBe(false);
    expect(ToEngine.safeParse({ ...load, kind: "run" }).success).toBe(false);
    expect(ToEngine.safeParse({ kind: "generate", request: 1, turns: [], maxTokens: null }).success).toBe(false);
    expect(FromEngine.safeParse({ kind: "alive", phase: "loading", progress: 1.5 }).success).toBe(false);
    expect(FromEngine.safeParse({ kind: "failed", request: 1, failure: { code: "NOPE", data: {} } }).success).toBe(
        false,
    );
});

it("sizes a slice of the prompt to what is read in 120 ms, between 16 and 128 tokens", () => {
    expect(sizeSlice(null)).toBe(64);
    expect(sizeSlice(5)).toBe(16);
    expect(sizeSlice(500)).toBe(60);
    expect(sizeSlice(50_000)).toBe(128);
});

it("says why a file does not load without saying where it is", () => {
    const filePath = "/home/somebody/models/new.gguf";
    const complaint = "llama_model_load: error loading model: unknown model architecture: 'quokka'";
    expect(translateError(new Error("Failed to load model"), filePath, complaint)).toEqual({
        code: "UNKNOWN_ARCHITECTURE",
        data: { fileName: "new.gguf", architecture: "quokka" },
    });
    const other = translateError(new Error(`could not open ${filePath}`), filePath);
    expect(other).toEqual({ code: "LOAD_FAILED", data: { fileName: "new.gguf", detail: "could not open new.gguf" } });
    const full = "ggml_aligned_malloc: failed to allocate 99.00 MB";
    expect(translateError(new Error("Failed to create context"), filePath, full)).toMatchObject({
        data: { detail: "the engine could not reserve the memory" },
    });
});
