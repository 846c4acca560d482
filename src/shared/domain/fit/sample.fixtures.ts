import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { ModelShape } from "../../schema/model-shape.ts";
import { CacheType, type RunSettings } from "../../schema/run-settings.ts";

const read = (name: string) =>
    readFileSync(path.join(import.meta.dirname, name), "utf8")
        .trim()
        .split("\n")
        .filter((line) => !line.startsWith("#"));

const Line = z.object({ file: z.string(), shape: ModelShape });

/** The 16 models of fit/models.mjs, 34 files, as our inspector reads them. */
export const sampleShapes = new Map(
    read("sample-shapes.fixtures.jsonl").map((line) => {
        const { file, shape } = Line.parse(JSON.parse(line));
        return [file, shape];
    }),
);

export const shapeOf = (file: string): ModelShape => {
    const shape = sampleShapes.get(file);
    if (!shape) throw new Error(`no such sample: ${file}`);
    return shape;
};

export const settingsOf = (settings: Partial<RunSettings> = {}): RunSettings => ({
    contextTokens: 8192,
    cacheType: "f16",
    gpuLayers: 0,
    useFlashAttention: true,
    threads: 8,
    batchTokens: 512,
    ...settings,
});

const [columns = "", ...rows] = read("sample.fixtures.csv");
const names = columns.split(",");

/** What the engine says of them, in bytes. */
export const sampleRows = rows.map((row) => {
    const values = row.split(",");
    const text = (name: string) => values[names.indexOf(name)] ?? "";
    const number = (name: string) => Number(text(name));
    return {
        shape: shapeOf(text("file")),
        settings: settingsOf({
            contextTokens: number("ctx"),
            cacheType: CacheType.parse(text("kv_k")),
            gpuLayers: number("gpu_layers"),
            useFlashAttention: text("flash") === "1",
            batchTokens: number("batch"),
        }),
        weightsBytes: number("weights_bytes"),
        weightsGpuBytes: number("weights_gpu_bytes"),
        kvBytes: number("kv_bytes"),
        recurrentBytes: number("recurrent_bytes"),
        totalBytes: number("weights_bytes") + number("context_bytes"),
        gpuBytes: number("weights_gpu_bytes") + number("context_gpu_bytes"),
    };
});
