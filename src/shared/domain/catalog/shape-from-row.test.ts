import { describe, expect, it } from "vitest";
import { ModelShape } from "../../schema/model-shape.ts";
import { estimateMemory, sumParts } from "../fit/estimate.ts";
import { readBytesPerToken } from "../speed/read-bytes.ts";
import { catalogFile } from "./data.fixtures.ts";
import { mainTensorType, shapeFromRow } from "./shape-from-row.ts";

const rows = catalogFile.models.map((row) => {
    const variant = row.variants.find((one) => one.default);
    if (!variant) throw new Error(row.id);
    return { row, shape: shapeFromRow(row.name, row.architecture, variant) };
});
const shapeOf = (id: string): ModelShape => {
    const shape = rows.find(({ row }) => row.id === id)?.shape;
    if (!shape) throw new Error(`no shape: ${id}`);
    return shape;
};

describe("a catalog row as a shape", () => {
    it("leaves out only rows whose geometry is not known", () => {
        expect(rows.filter(({ shape }) => shape === null).map(({ row }) => row.id)).toEqual([
            "lfm2.5-8b-a1b",
            "nemotron-3.5-lightning-30b-a3b",
            "falcon-h1-7b-instruct",
            "qwen3.8-flash-next",
            "deepseek-v4-flash-0731",
            "kimi-k2.6",
        ]);
    });

    it.each(rows.flatMap(({ row, shape }) => (shape && row.kind === "chat" ? [{ id: row.id, row, shape }] : [])))(
        "agrees with the catalog's own sums: $id",
        ({ row, shape }) => {
            expect(ModelShape.safeParse(shape).success).toBe(true);
            const contextTokens = Math.min(8192, shape.contextTrainedTokens);
            const estimate = estimateMemory(shape, {
                contextTokens,
                cacheType: "f16",
                gpuLayers: 0,
                useFlashAttention: !shape.isMla,
                threads: 4,
                batchTokens: 512,
            });
            if ("cantSay" in estimate) throw new Error(estimate.cantSay);
            const of = (name: string) => sumParts(estimate.main.filter(({ part }) => part === name));
            const { kvBytesPerTokenF16, slidingPoolBytesF16At8k, recurrentStateBytes } = row.architecture;
            const secondEmbedding = shape.architecture === "gemma4" ? shape.tokenEmbeddingBytes : 0;
            expect(of("weights")).toBe(shape.fileBytes + secondEmbedding);
            expect(of("kvCache")).toBe((kvBytesPerTokenF16 ?? 0) * contextTokens + (slidingPoolBytesF16At8k ?? 0));
            expect(of("recurrentState")).toBe(recurrentStateBytes ?? 0);
            if (row.planningComputeBytes8k) expect(of("compute")).toBe(row.planningComputeBytes8k);
        },
    );

    it("knows the exact size of the practice model's file", () => {
        expect(shapeOf("smollm2-135m-instruct").fileBytes).toBe(98_362_432);
    });

    it.each([
        // hardware/README.md section 2: bytes read for one token.
        ["gpt-oss-20b", 2.56e9, 0.1],
        ["gpt-oss-120b", 3.53e9, 0.1],
        // hardware/models.csv: parameters read, in the file's mean bytes.
        ["gemma-4-e4b-it", (4698 / 7518) * 4.977e9, 0.15],
        ["llama-3.1-8b-instruct", (7504 / 8030) * 4.921e9, 0.02],
    ])("reads %s near the published bytes for a token", (id, published, within) => {
        expect(Math.abs(readBytesPerToken(shapeOf(id)) / published - 1)).toBeLessThan(within);
    });

    it("tells own output matrices from shared embeddings", () => {
        expect(["llama-3.1-8b-instruct", "qwen3.5-9b", "gpt-oss-20b"].map((id) => shapeOf(id).isTied)).toEqual([
            false,
            false,
            false,
        ]);
        expect(["qwen3-0.6b", "qwen3.5-4b", "gemma-4-12b-it"].map((id) => shapeOf(id).isTied)).toEqual([
            true,
            true,
            true,
        ]);
    });

    it.each([
        ["Q4_K_M", "Q4_K"],
        ["UD-Q4_K_XL", "Q4_K"],
        ["MXFP4", "MXFP4"],
        ["IQ4_XS", "IQ4_XS"],
        ["Q8_0", "Q8_0"],
        ["BF16", "BF16"],
    ])("reads %s as %s", (quant, type) => {
        expect(mainTensorType(quant)).toBe(type);
    });
});
