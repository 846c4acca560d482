import { z } from "zod";
import { ModelId } from "./ids.ts";

const count = z.number().int().nonnegative();
const optionalCount = count.nullish();

const Variant = z.object({
    quant: z.string().max(40),
    label: z.string().nullable(),
    default: z.boolean(),
    pinned: z.boolean(),
    totalSizeBytes: z.number().int().positive().nullable(),
    totalSizeExact: z.boolean(),
    parts: z.array(
        z.object({
            path: z.string(),
            sizeBytes: z.number().nullable(),
            sizeExact: z.boolean(),
            sha256: z
                .string()
                .regex(/^[0-9a-f]{64}$/)
                .nullable(),
        }),
    ),
});
export type CatalogFileVariant = z.infer<typeof Variant>;

const Architecture = z.object({
    ggufArchitecture: z.string(),
    totalParams: count.nullable(),
    totalParamsExact: z.boolean().nullish(),
    activeParams: count.nullable(),
    blockCount: optionalCount,
    attentionLayersFull: optionalCount,
    hiddenSize: optionalCount,
    headCount: optionalCount,
    kvHeadCount: optionalCount,
    keyLength: optionalCount,
    valueLength: optionalCount,
    ffnSize: optionalCount,
    vocabSize: optionalCount,
    contextTrainedTokens: optionalCount,
    experts: z.object({ count, usedPerToken: count, ffnSize: optionalCount }).nullable(),
    sliding: z
        .object({
            windowTokens: count,
            layers: count,
            kvHeadCount: optionalCount,
            keyLength: optionalCount,
            valueLength: optionalCount,
        })
        .nullable(),
    recurrent: z
        .object({
            layers: optionalCount,
            /** Of delta nets: inner size = value heads × head size, groups = key heads, state size = head size. */
            keyHeads: optionalCount,
            valueHeads: optionalCount,
            headSize: optionalCount,
        })
        .nullable(),
    mla: z.object({ kvLoraRank: count, ropeDim: count }).nullable(),
    kvBytesPerTokenF16: optionalCount,
    slidingPoolBytesF16At8k: optionalCount,
    recurrentStateBytes: optionalCount,
});
export type CatalogFileArchitecture = z.infer<typeof Architecture>;

/** A row of resources/data/catalog.json as it stands there; its README is in the prepared pages. */
export const CatalogFileModel = z.object({
    id: ModelId,
    name: z.string(),
    family: z.string(),
    publisher: z.string(),
    kind: z.enum(["chat", "embedding"]),
    role: z.enum(["starter"]).nullable(),
    summary: z.string(),
    license: z.object({
        name: z.string(),
        commercialUse: z.enum(["yes", "conditional", "no"]),
        note: z.string().nullable(),
    }),
    releaseDate: z.string(),
    baseRepo: z.string(),
    variants: z
        .array(Variant)
        .refine(
            (variants) => variants.filter((variant) => variant.default).length === 1,
            "exactly one variant is the default",
        ),
    architecture: Architecture,
    planningComputeBytes8k: optionalCount,
    planningNeedBytes8k: optionalCount,
    capabilities: z.object({ code: z.string().nullish(), languages: z.string().nullish() }),
    quality: z.array(z.object({ metric: z.string(), value: z.union([z.number(), z.string()]).nullable() })),
    memoryClassesGb: z.array(z.number()),
});
export type CatalogFileModel = z.infer<typeof CatalogFileModel>;

export const CatalogFile = z
    .object({ schemaVersion: z.literal(1), asOf: z.string(), models: z.array(CatalogFileModel) })
    .refine(({ models }) => new Set(models.map((model) => model.id)).size === models.length, "every id is used once");
