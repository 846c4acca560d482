import { z } from "zod";
import { ModelShape } from "./model-shape.ts";
import { ModelId } from "./ids.ts";

const text = z.string().max(500);

/** One GGUF variant of a catalog model, as the window needs it. */
export const CatalogVariant = z.object({
    quant: z.string().max(40),
    label: text.nullable(),
    isDefault: z.boolean(),
    /** Path, exact size and sha256 of every part are known. Only pinned variants are recommended. */
    isPinned: z.boolean(),
    totalSizeBytes: z.number().int().positive().nullable(),
    isSizeExact: z.boolean(),
});
export type CatalogVariant = z.infer<typeof CatalogVariant>;

/** A row of resources/data/catalog.json, checked and with its planning fields turned into a ModelShape. */
export const CatalogModel = z.object({
    id: ModelId,
    name: text,
    family: text,
    publisher: text,
    summary: text,
    kind: z.enum(["chat", "embedding"]),
    isStarter: z.boolean(),
    license: z.object({ name: text, commercialUse: z.enum(["yes", "conditional", "no"]), note: text.nullable() }),
    releaseDate: text,
    baseRepo: text,
    variants: z.array(CatalogVariant),
    /** Rank by `whatmodel.sh score`, else by the table of the catalog; 1 is best; null: not ranked. */
    rank: z.number().int().positive().nullable(),
    languages: text.nullable(),
    code: text.nullable(),
    /** Of the default variant; null: too little is known. */
    shape: ModelShape.nullable(),
});
export type CatalogModel = z.infer<typeof CatalogModel>;

export const Catalog = z.object({ asOf: z.string().max(20), models: z.array(CatalogModel) });
export type Catalog = z.infer<typeof Catalog>;

/** A model file on this computer. */
export const LocalModel = z.object({
    id: ModelId,
    name: text,
    fileName: text,
    sizeBytes: z.number().int().nonnegative(),
    isStarter: z.boolean(),
    /** Null: the header was refused; `refusal` says why. */
    shape: ModelShape.nullable(),
    refusal: z.object({ fault: z.string().max(40), detail: text }).nullable(),
});
export type LocalModel = z.infer<typeof LocalModel>;
