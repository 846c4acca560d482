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
 * Places of the ranked models that have no score on the common scale, by the table of catalog/README.md section 2. A first
 * choice of a memory class stands before every other model that fits there; SmolLM3, which the table leaves out, stands
 * behind the scored models of its size.
 */
const placedBeside: { id: string; side: "before" | "after"; neighbour: string }[] = [
    { id: "qwen3.5-122b-a10b", side: "before", neighbour: "qwen3.8-27b" },
    { id: "devstral-small-2-24b", side: "after", neighbour: "qwen3-coder-30b-a3b" },
    { id: "qwen3.5-4b", side: "after", neighbour: "gemma-4-e4b-it" },
    { id: "qwen3.5-2b", side: "after", neighbour: "qwen3.5-4b" },
    { id: "smollm3-3b", side: "after", neighbour: "ministral-3-3b-instruct" },
    { id: "qwen3.5-0.8b", side: "after", neighbour: "lfm2.5-1.2b-instruct" },
];

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
    throw damaged(
        `${path.basename(file)}: ${issue ? [issue.path.join("."), issue.message].filter(Boolean).join(": ") : "wrong"}`,
    );
}

const scoreOf = ({ quality }: CatalogFileModel): number | null => {
    const value = quality.find(({ metric }) => metric === "whatmodel.sh score")?.value;
    return typeof value === "number" ? value : null;
};

/** Place among the offered chat models, 1 is best: by score, ties share a place; the others stand beside a neighbour. */
function rank(rows: CatalogFileModel[]): Map<string, number> {
    const scores = new Map(
        rows.flatMap((row) => {
            const score = scoreOf(row);
            return row.kind === "chat" && score !== null ? [[row.id, score] as const] : [];
        }),
    );
    const ladder = [...new Set(scores.values())]
        .toSorted((a, b) => b - a)
        .map((score) => [...scores].flatMap(([id, own]) => (own === score ? [id] : [])));
    for (const { id, side, neighbour } of placedBeside) {
        const step = ladder.findIndex((ids) => ids.includes(neighbour));
        if (step >= 0 && !scores.has(id)) ladder.splice(side === "before" ? step : step + 1, 0, [id]);
    }
    const offered = new Set(
        rows.flatMap((row) => (row.kind === "chat" && row.memoryClassesGb.length > 0 ? [row.id] : [])),
    );
    const steps = ladder.map((ids) => ids.filter((id) => offered.has(id))).filter((ids) => ids.length > 0);
    return new Map(steps.flatMap((ids, step) => ids.map((id) => [id, step + 1] as const)));
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
