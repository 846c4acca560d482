import type { CatalogModel } from "../../schema/catalog.ts";
import type { CatalogFileModel } from "../../schema/catalog-file.ts";
import { shapeFromRow } from "./shape-from-row.ts";

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

const scoreOf = ({ quality }: CatalogFileModel): number | null => {
    const value = quality.find(({ metric }) => metric === "whatmodel.sh score")?.value;
    return typeof value === "number" ? value : null;
};

/** Place among the offered chat models, 1 is best: by score, ties share a place; the others stand beside a neighbour. */
function rank(rows: CatalogFileModel[]): Map<string, number> {
    const scores = new Map<string, number>(
        rows.flatMap((row) => {
            const score = scoreOf(row);
            return row.kind === "chat" && score !== null ? [[row.id, score] as const] : [];
        }),
    );
    const ladder: string[][] = [...new Set(scores.values())]
        .toSorted((a, b) => b - a)
        .map((score) => [...scores].flatMap(([id, own]) => (own === score ? [id] : [])));
    for (const { id, side, neighbour } of placedBeside) {
        const step = ladder.findIndex((ids) => ids.includes(neighbour));
        if (step >= 0 && !scores.has(id)) ladder.splice(side === "before" ? step : step + 1, 0, [id]);
    }
    const offered = new Set<string>(
        rows.flatMap((row) => (row.kind === "chat" && row.memoryClassesGb.length > 0 ? [row.id] : [])),
    );
    const steps = ladder.map((ids) => ids.filter((id) => offered.has(id))).filter((ids) => ids.length > 0);
    return new Map(steps.flatMap((ids, step) => ids.map((id) => [id, step + 1] as const)));
}

function toModel(row: CatalogFileModel, place: number | null): CatalogModel {
    const chosen = row.variants.find((variant) => variant.default);
    return {
        id: row.id,
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

/** The rows of the catalog as every screen plans with them: ranked, each with the shape of its default variant. */
export function catalogModels(rows: CatalogFileModel[]): CatalogModel[] {
    const ranks = rank(rows);
    return rows.map((row) => toModel(row, ranks.get(row.id) ?? null));
}
