import path from "node:path";
import { createDataFiles } from "../../../main/services/models/catalog.ts";
import type { CatalogModel } from "../../schema/catalog.ts";

/** The catalog that ships as services hand it out. */
export const loadCatalogModels = async (): Promise<CatalogModel[]> =>
    (
        await createDataFiles({
            resourcesFolder: path.join(import.meta.dirname, "../../../../resources"),
            catalogFile: null,
        }).loadCatalog()
    ).models;
