import { z } from "zod";
import { HeaderFault } from "./failure.ts";
import { ModelShape } from "./model-shape.ts";

/** The header's main fields, for a line of `hearth inspect` and a model's page. Bounded text, no lists. */
export const HeaderSummary = z.object({
    version: z.number().int(),
    architecture: z.string().max(64),
    name: z.string().max(200).nullable(),
    quantization: z.string().max(40),
    tensorCount: z.number().int().nonnegative(),
    keyCount: z.number().int().nonnegative(),
    contextTrainedTokens: z.number().int().nonnegative(),
    fileBytes: z.number().int().nonnegative(),
    headerBytes: z.number().int().nonnegative(),
    license: z.string().max(100).nullable(),
});
export type HeaderSummary = z.infer<typeof HeaderSummary>;

/** What the inspector says of one file. It never throws on data. */
export const Inspection = z.discriminatedUnion("verdict", [
    z.object({
        verdict: z.literal("ok"),
        header: HeaderSummary,
        shape: ModelShape,
        milliseconds: z.number().nonnegative(),
    }),
    z.object({
        verdict: z.literal("refused"),
        fault: HeaderFault,
        /** Which key, tensor or byte; control characters removed. */
        detail: z.string().max(300),
        /** For a cut-off file: how many bytes are missing at its end. */
        missingBytes: z.number().nonnegative().nullable(),
        milliseconds: z.number().nonnegative(),
    }),
]);
export type Inspection = z.infer<typeof Inspection>;
