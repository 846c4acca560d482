import { z } from "zod";
import { Catalog, LocalModel } from "../schema/catalog.ts";
import { BrowseHandle, ModelId } from "../schema/ids.ts";
import { procedure } from "./procedure.ts";

const BrowseEntry = z.object({
    handle: BrowseHandle,
    name: z.string().max(255),
    kind: z.enum(["folder", "model"]),
    sizeBytes: z.number().nonnegative().nullable(),
});

export const models = {
    /** The catalog that ships with Hearth, checked by schema. Fails with CATALOG_DAMAGED. */
    catalog: procedure.output(Catalog),
    /** Models on this computer: the starter, then files in the models folder and files added. Headers are read by the inspector. */
    list: procedure.output(z.object({ models: z.array(LocalModel), starterMissing: z.string().max(300).nullable() })),
    /** Folders and GGUF files under a granted root; null lists the roots. Handles only: no path crosses. */
    browse: procedure.input(z.object({ handle: BrowseHandle.nullable() })).output(
        z.object({
            name: z.string().max(255),
            parent: BrowseHandle.nullable(),
            entries: z.array(BrowseEntry).max(2000),
        }),
    ),
    /** Takes a file where it lies into the list. Refused files fail with FILE_REFUSED and are not added. */
    add: procedure.input(z.object({ handle: BrowseHandle })).output(LocalModel),
    /** Forgets an added file (the file itself stays). */
    forget: procedure.input(z.object({ modelId: ModelId })).output(z.object({})),
};
