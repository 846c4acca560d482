import { readFile } from "node:fs/promises";
import path from "node:path";
import type { z } from "zod";
import { shapeFromRow } from "#shared/domain/catalog/shape-from-row.ts";
import type { Catalog, CatalogModel } from "#shared/schema/catalog.ts";
import { CatalogFile, type CatalogFileModel } from "#shared/schema/catalog-file.ts";
import { type Device, DeviceTable } from "#shared/schema/device.ts";
import { Failed } from "#shared/schema/failure.ts";
import { ModelId } from "#shared/schema/ids.ts";
import { SpeedModel } from "#shared/schema/speed-model.ts";

/** The data files that ship with Hearth, each parsed once by its schema. */
export type DataFiles = {
    /** Throws CATALOG_DAMAGED with the wrong field. */
    loadCatalog(): Promise<Catalog>;
    loadSpeedModel(): Promise<SpeedModel>;
    loadDevices(): Promise<Device[]>;
};

/**
 * Places of the models that have no score on the common scale, beside the one they stand with in the table of
 * catalog/README.md section 2: [model, stands right after].
 */
const placedAfter: Record<string, string> = {
    "qwen3.5-122b-a10b": "qwen3.6-35b-a3b",
    "devstral-small-2-24b": "qwen3-coder-30b-a3b",
    "qwen3.5-4b": "qwen3-4b-instruct-2507",
    "qwen3.5-2b": "ministral-3-3b-instruct",
    "smollm3-3b": "qwen3.5-2b",
    "qwen3.5-0.8b": "qwen3-0.6b",
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
        return () => (loaded ??= load());
    };
    return {
        loadCatalog: once(async () => {
            const file = await parseFile(catalogFile ?? data("catalog.json"), CatalogFile);
            const ranks = rank(file.models);
            return { asOf: file.asOf, models: file.models.map((row) => toModel(row, ranks.get(row.id) ?? null)) };
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
    throw damaged(`${path.basename(file)}: ${issue ? `${issue.path.join(".")}: ${issue.message}` : "wrong"}`);
}

const scoreOf = ({ quality }: CatalogFileModel): number | null => {
    const value = quality.find(({ metric }) => metric === "whatmodel.sh score")?.value;
    return typeof value === "number" ? value : null;
};

/** Place by score, best first; ties share a place; models without one stand half a place behind their neighbour. */
function rank(rows: CatalogFileModel[]): Map<string, number> {
    const offered = rows.filter((row) => row.kind === "chat" && row.memoryClassesGb.length > 0);
    const places = new Map<string, number>();
    const scored = offered.flatMap((row) => {
        const score = scoreOf(row);
        return score === null ? [] : [{ id: row.id, score }];
    });
    const scores = [...new Set(scored.map(({ score }) => score))].toSorted((a, b) => b - a);
    for (const { id, score } of scored) places.set(id, scores.indexOf(score) + 1);
    // Scored models that are not offered still mark a place in the table.
    const marks = new Map(
        rows.flatMap((row) => {
            const score = scoreOf(row);
            return score === null ? [] : [[row.id, scores.filter((other) => other > score).length + 1] as const];
        }),
    );
    for (const { id } of offered) {
        const neighbour = placedAfter[id];
        if (places.has(id) || neighbour === undefined) continue;
        const place = places.get(neighbour) ?? marks.get(neighbour);
        if (place !== undefined) places.set(id, place + 0.5);
    }
    const order = [...new Set(places.values())].toSorted((a, b) => a - b);
    return new Map([...places].map(([id, place]) => [id, order.indexOf(place) + 1]));
}

function toModel(row: CatalogFileModel, place: number | null): CatalogModel {
    const chosen = row.variants.find((variant) => variant.default);
    return {
        id: ModelId.parse(row.id),
        name: row.name,
        family: row.family,
        publisher: row.publisher,
        summary: row.summary,
        kind: row.kind,
        isStarter: row.role === "starter",
        license: row.license,
        releaseDate: row.releaseDate,
        baseRepo: row.baseRepo,
        variants: row.variants.map((variant) => ({
            quant: variant.quant,
            label: variant.label,
            isDefault: variant.default,
            isPinned: variant.pinned,
            totalSizeBytes: variant.totalSizeBytes,
            isSizeExact: variant.totalSizeExact,
        })),
        rank: place,
        languages: row.capabilities.languages ?? null,
        code: row.capabilities.code ?? null,
        shape: chosen ? shapeFromRow(row.name, row.architecture, chosen) : null,
    };
}
