import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { Catalog } from "#shared/schema/catalog.ts";
import { createDataFiles } from "./catalog.ts";

const resourcesFolder = path.resolve(import.meta.dirname, "../../../../resources");
const shipped = createDataFiles({ resourcesFolder, catalogFile: null });

describe("the catalog that ships", () => {
    it("is what the contract promises, 45 models with one starter", async () => {
        const catalog = await shipped.loadCatalog();
        expect(Catalog.safeParse(catalog).success).toBe(true);
        expect(catalog.models).toHaveLength(45);
        expect(catalog.models.filter(({ isStarter }) => isStarter).map(({ id }) => id)).toEqual([
            "smollm2-135m-instruct",
        ]);
        expect(
            catalog.models.filter(({ variants }) => variants.some((one) => one.isDefault && one.isPinned)),
        ).toHaveLength(33);
    });

    it("is parsed once", async () => {
        expect(await shipped.loadCatalog()).toBe(await shipped.loadCatalog());
    });

    it("ranks by score, and models without one where the catalog's table puts them", async () => {
        const { models } = await shipped.loadCatalog();
        const rank = (id: string) => models.find((model) => model.id === id)?.rank ?? null;
        const inOrder = [
            "qwen3.5-122b-a10b",
            "qwen3.8-27b",
            "muse-glimmer-30b",
            "qwen3.6-35b-a3b",
            "gemma-4-31b-it",
            "gemma-4-26b-a4b-it",
            "qwen3.5-9b",
            "granite-4.2-8b",
            "gpt-oss-20b",
            "gemma-4-e4b-it",
            "qwen3.5-4b",
            "qwen3.5-2b",
            "lfm2.5-2.6b",
            "lfm2.5-1.2b-instruct",
            "qwen3.5-0.8b",
            "qwen3-0.6b",
        ].map(rank);
        expect(inOrder).toEqual(inOrder.toSorted((a, b) => (a ?? 0) - (b ?? 0)));
        expect(new Set(inOrder).size).toBe(inOrder.length);
        expect(rank("qwen3.5-9b")).toBe(rank("gemma-4-12b-it"));
        // Listed to explain, not to recommend.
        expect(rank("llama-3.1-8b-instruct")).toBeNull();
    });

    it("comes with a speed model and a device table that their schemas accept", async () => {
        expect(Object.keys((await shipped.loadSpeedModel()).decode.classes).length).toBeGreaterThan(30);
        expect((await shipped.loadDevices()).length).toBeGreaterThan(400);
    });
});

describe("a damaged catalog", () => {
    let folder: string;
    beforeEach(async () => {
        folder = await mkdtemp(path.join(os.tmpdir(), "hearth-catalog-"));
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    const Loose = z.looseObject({ models: z.array(z.looseObject({})) });
    const load = async (change: (models: Record<string, unknown>[]) => void) => {
        const catalog = Loose.parse(
            JSON.parse(await readFile(path.join(resourcesFolder, "data/catalog.json"), "utf8")),
        );
        change(catalog.models);
        const catalogFile = path.join(folder, "catalog.json");
        await writeFile(catalogFile, JSON.stringify(catalog));
        return createDataFiles({ resourcesFolder, catalogFile }).loadCatalog();
    };

    it.each([
        [
            "a wrong type",
            "models.3.name",
            (models: Record<string, unknown>[]) => Object.assign(models[3] ?? {}, { name: 7 }),
        ],
        ["a missing field", "models.0.license", (models: Record<string, unknown>[]) => delete models[0]?.["license"]],
        [
            "a wrong kind",
            "models.1.kind",
            (models: Record<string, unknown>[]) => Object.assign(models[1] ?? {}, { kind: "video" }),
        ],
        [
            "an id used twice",
            "every id is used once",
            (models: Record<string, unknown>[]) => models.push({ ...models[0] }),
        ],
    ])("with %s names the field", async (_, field, change) => {
        await expect(load(change)).rejects.toMatchObject({
            failure: { code: "CATALOG_DAMAGED", data: { field: expect.stringContaining(field) } },
        });
    });

    it("that is no JSON, or is not there, is named", async () => {
        const catalogFile = path.join(folder, "broken.json");
        const files = createDataFiles({ resourcesFolder, catalogFile });
        const damaged = {
            failure: { code: "CATALOG_DAMAGED", data: { field: expect.stringContaining("broken.json") } },
        };
        await expect(files.loadCatalog()).rejects.toMatchObject(damaged);
        await writeFile(catalogFile, '{"models": [');
        await expect(files.loadCatalog()).rejects.toMatchObject(damaged);
        // Put right, it is read again.
        await writeFile(catalogFile, await readFile(path.join(resourcesFolder, "data/catalog.json"), "utf8"));
        expect((await files.loadCatalog()).models).toHaveLength(45);
    });
});
