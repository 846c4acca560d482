import { readFile } from "node:fs/promises";
import path from "node:path";
import type { z } from "zod";
import { catalogModels } from "#shared/domain/catalog/catalog-models.ts";
import type { Catalog } from "#shared/schema/catalog.ts";
import { CatalogFile } from "#shared/schema/catalog-file.ts";
import { type Device, DeviceTable } from "#shared/schema/device.ts";
import { Failed } from "#shared/schema/failure.ts";
import { SpeedModel } from "#shared/schema/speed-model.ts";

/** The data files that ship with Hearth, each parsed once by its schema. */
export type DataFiles = {
    /** Throws CATALOG_DAMAGED with the wrong field. */
    loadCatalog(): Promise<Catalog>;
    loadSpeedModel(): Promise<SpeedModel>;
    loadDevices(): Promise<Device[]>;
};

export function createDataFiles({
    resourcesFolder,
    catalogFile,
}: {
    resourcesFolder: string;
    catalogFile: string | null;
}): DataFiles {
    const data = (name: string) => path.join(resourcesFolder, "data", name);
    const once = <Value>(load: () => Promise<Value>) => {
        let loaded: Promise<Value> | undefined;
        // What failed is tried again: the reader may have put the file right.
        return () =>
            (loaded ??= load().catch((error: unknown) => {
                loaded = undefined;
                throw error;
            }));
    };
    return {
        loadCatalog: once(async () => {
            const file = await parseFile(catalogFile ?? data("catalog.json"), CatalogFile);
            return { asOf: file.asOf, models: catalogModels(file.models) };
        }),
        loadSpeedModel: once(() => parseFile(data("speed-model.json"), SpeedModel)),
        loadDevices: once(async () => (await parseFile(data("devices.json"), DeviceTable)).devices),
    };
}

async function parseFile<Schema extends z.ZodType>(file: string, schema: Schema): Promise<z.output<Schema>> {
    const damaged = (field: string) => new Failed({ code: "CATALOG_DAMAGED", data: { field: field.slice(0, 300) } });
    let value: unknown;
    try {
        value = JSON.parse(await readFile(file, "utf8"));
    } catch {
        throw damaged(`${path.basename(file)} cannot be read`);
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    throw damaged(
        `${path.basename(file)}: ${issue ? [issue.path.join("."), issue.message].filter(Boolean).join(": ") : "wrong"}`,
    );
}
