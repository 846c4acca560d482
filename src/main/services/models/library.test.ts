import { execFileSync } from "node:child_process";
import {
    mkdirSync,
    mkdtempSync,
    readFileSync,
    renameSync,
    rmSync,
    symlinkSync,
    utimesSync,
    writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BrowseHandle } from "#shared/schema/ids.ts";
import { control } from "../../inspector/controls.fixtures.ts";
import { writeGguf } from "../../inspector/gguf-writer.fixtures.ts";
import { inspectFile } from "../../inspector/inspect-source.ts";
import { createBrowser } from "./browse.ts";
import { createLibrary, STARTER_ID } from "./library.ts";

const STARTER_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf";
const model = (name: string) => writeGguf(control("llama", { layers: 1, width: 64, heads: 2 }, name).file);
let home: string;
let inspected: string[];
beforeEach(() => {
    home = mkdtempSync(path.join(os.tmpdir(), "hearth-library-"));
    for (const name of ["data", "models", "cache/starter", "elsewhere"])
        mkdirSync(path.join(home, name), { recursive: true });
    inspected = [];
});
afterEach(() => rmSync(home, { recursive: true }));
const at = (...parts: string[]) => path.join(home, ...parts);
const open = () =>
    createLibrary({
        paths: {
            data: at("data"),
            models: at("models"),
            cache: at("cache"),
            resources: home,
            renderer: home,
            browseRoots: [],
        },
        inspector: {
            inspect: (filePath) => {
                inspected.push(filePath);
                return inspectFile(filePath);
            },
            close: () => undefined,
        },
        log: { info: () => undefined, warn: () => undefined },
    });

describe("the models of this computer", () => {
    it("say what is missing when there is no practice model, from a folder that is not there", async () => {
        rmSync(at("models"), { recursive: true });
        writeFileSync(at("cache/starter/missing.txt"), "It could not be fetched: Python's pip is not installed.");
        const library = open();
        expect(await library.list()).toEqual({
            models: [],
            starterMissing: "It could not be fetched: Python's pip is not installed.",
        });
        await expect(library.resolve(STARTER_ID)).rejects.toMatchObject({ failure: { code: "STARTER_MISSING" } });
    });

    it("begin with the practice model, by its own id", async () => {
        writeFileSync(at("cache/starter", STARTER_FILE), model("odd inner name"));
        writeFileSync(at("models/a.gguf"), model("Alpha"));
        const library = open();
        const { models, starterMissing } = await library.list();
        expect(starterMissing).toBeNull();
        expect(models.map(({ id, name, isStarter }) => [id === STARTER_ID, name, isStarter])).toEqual([
            [true, "SmolLM2 135M", true],
            [false, "Alpha", false],
        ]);
        expect((await library.resolve(STARTER_ID)).filePath).toBe(at("cache/starter", STARTER_FILE));
    });

    it("with odd names, links, broken and foreign files: each is listed or has its reason, none stops the list", async () => {
        const long = `${"n".repeat(240)}.gguf`;
        for (const name of ["with space.gguf", "炉 👩‍👩‍👧.GGUF", "quote'\"$(x).gguf", long])
            writeFileSync(at("models", name), model("m"));
        writeFileSync(at("models/cut.gguf"), model("m").subarray(0, 200));
        writeFileSync(at("models/empty.gguf"), "");
        writeFileSync(at("models/page.gguf"), "<!doctype html>");
        writeFileSync(at("models/notes.txt"), "no model");
        mkdirSync(at("models/folder.gguf"));
        writeFileSync(at("elsewhere/real.gguf"), model("linked"));
        symlinkSync(at("elsewhere/real.gguf"), at("models/link.gguf"));
        symlinkSync(at("elsewhere/gone.gguf"), at("models/dangling.gguf"));
        symlinkSync(at("models/loop.gguf"), at("models/loop.gguf"));
        const { models } = await open().list();
        const refused = models.filter(({ shape }) => shape === null);
        expect(refused.map(({ fileName }) => fileName).toSorted()).toEqual(["cut.gguf", "empty.gguf", "page.gguf"]);
        expect(refused.every(({ refusal }) => refusal !== null)).toBe(true);
        expect(models.filter(({ shape }) => shape !== null)).toHaveLength(5);
    });

    it("are read once, and again when a file changed", async () => {
        writeFileSync(at("models/a.gguf"), model("Alpha"));
        const library = open();
        await library.list();
        await library.list();
        expect(inspected).toHaveLength(1);
        writeFileSync(at("models/a.gguf"), model("Another"));
        utimesSync(at("models/a.gguf"), 1, 1);
        expect((await library.list()).models[0]?.name).toBe("Another");
    });

    it("that vanish or break between list and use are a typed failure", async () => {
        writeFileSync(at("models/a.gguf"), model("Alpha"));
        const library = open();
        const id = (await library.list()).models[0]?.id ?? STARTER_ID;
        writeFileSync(at("models/a.gguf"), "GGUF");
        await expect(library.resolve(id)).rejects.toMatchObject({
            failure: { code: "FILE_REFUSED", data: { fileName: "a.gguf", fault: "cut-off" } },
        });
        rmSync(at("models/a.gguf"));
        await expect(library.resolve(id)).rejects.toMatchObject({ failure: { code: "FILE_MISSING" } });
    });

    it("are used where they lie once added, also after a restart, until forgotten", async () => {
        writeFileSync(at("elsewhere/mine.gguf"), model("Mine"));
        const { id } = await open().add(at("elsewhere/mine.gguf"));
        expect((await open().list()).models.map((each) => each.id)).toEqual([id]);
        expect((await open().resolve(id)).filePath).toBe(at("elsewhere/mine.gguf"));
        renameSync(at("elsewhere"), at("unplugged"));
        expect((await open().list()).models).toEqual([]);
        renameSync(at("unplugged"), at("elsewhere"));
        await open().forget(id);
        expect((await open().list()).models).toEqual([]);
    });

    it("are refused when added broken, and nothing is remembered", async () => {
        writeFileSync(at("elsewhere/page.gguf"), "<!doctype html>");
        await expect(open().add(at("elsewhere/page.gguf"))).rejects.toMatchObject({
            failure: { code: "FILE_REFUSED", data: { fault: "foreign-format" } },
        });
        await expect(open().add(at("elsewhere/none.gguf"))).rejects.toMatchObject({
            failure: { code: "FILE_MISSING" },
        });
        expect((await open().list()).models).toEqual([]);
    });

    it.each([
        ["cut off", '["/some', 0],
        ["no list", '{"a":1}', 0],
        ["with a wrong entry", "WRONG", 1],
    ])(
        "start with a damaged list of added files (%s): it is kept, said once, and what is right stays",
        async (_, text, rest) => {
            writeFileSync(at("elsewhere/b.gguf"), model("Beta"));
            writeFileSync(at("elsewhere/c.gguf"), model("Gamma"));
            const damaged = text === "WRONG" ? JSON.stringify([7, at("elsewhere/c.gguf")]) : text;
            writeFileSync(at("data/added-models.json"), damaged);
            const library = open();
            expect((await library.list()).models).toHaveLength(rest);
            const notice = library.notice();
            if (notice?.code !== "MODEL_LIST_DAMAGED") throw new Error("nothing was said");
            expect(readFileSync(at("data", notice.data.keptAs), "utf8")).toBe(damaged);
            await library.add(at("elsewhere/b.gguf"));
            expect(readFileSync(at("data", notice.data.keptAs), "utf8")).toBe(damaged);
            const again = open();
            expect((await again.list()).models).toHaveLength(rest + 1);
            expect(again.notice()).toBeNull();
        },
    );

    it("many added and forgotten at once: each change is there", async () => {
        const files = Array.from({ length: 12 }, (_, index) => at(`elsewhere/${index}.gguf`));
        for (const file of files) writeFileSync(file, model(path.basename(file)));
        const library = open();
        const first = await library.add(files[0] ?? "");
        await Promise.all([library.forget(first.id), ...files.slice(1).map((file) => library.add(file))]);
        expect((await open().list()).models).toHaveLength(files.length - 1);
    });

    it("2,000 files are listed within the limit of a page", async () => {
        const bytes = model("m");
        for (let index = 0; index < 2000; index++) writeFileSync(at("models", `${index}.gguf`), bytes);
        expect((await open().list()).models).toHaveLength(2000);
    });
});

describe("browsing", () => {
    const names = async (browser: ReturnType<typeof createBrowser>, handle: BrowseHandle | null) =>
        (await browser.list(handle)).entries.map(({ name }) => name);

    it("shows granted roots, folders and model files, sorted, and no paths", async () => {
        for (const name of ["b.gguf", "A.gguf", "notes.txt", ".hidden.gguf"]) writeFileSync(at("models", name), "x");
        mkdirSync(at("models/deeper"));
        const browser = createBrowser([at("models"), at("not there")]);
        const top = await browser.list(null);
        expect(top.entries.map(({ name, kind }) => [name, kind])).toEqual([["models", "folder"]]);
        const root = top.entries[0]?.handle ?? null;
        expect(await names(browser, root)).toEqual(["A.gguf", "b.gguf", "deeper"]);
        expect(JSON.stringify(await browser.list(root))).not.toContain(home);
        expect((await browser.list(root)).parent).toBeNull();
    });

    it("never leaves the roots: links out are not shown, foreign handles and swapped folders are refused", async () => {
        writeFileSync(at("elsewhere/secret.gguf"), "x");
        symlinkSync(at("elsewhere"), at("models/out"));
        symlinkSync(at("elsewhere/secret.gguf"), at("models/out.gguf"));
        mkdirSync(at("models/inner"));
        const browser = createBrowser([at("models")]);
        const root = (await browser.list(null)).entries[0]?.handle ?? null;
        const { entries } = await browser.list(root);
        expect(entries.map(({ name }) => name)).toEqual(["inner"]);
        const inner = entries[0]?.handle;
        if (!inner) throw new Error("no folder");
        rmSync(at("models/inner"), { recursive: true });
        symlinkSync(at("elsewhere"), at("models/inner"));
        await expect(browser.list(inner)).rejects.toMatchObject({ failure: { code: "HANDLE_EXPIRED" } });
        const other = await createBrowser([home]).list(null);
        await expect(browser.toPath(other.entries[0]?.handle ?? inner)).rejects.toMatchObject({
            failure: { code: "HANDLE_EXPIRED" },
        });
    });

    it.skipIf(process.platform === "win32")("skips what is neither file nor folder", async () => {
        execFileSync("mkfifo", [at("models/pipe.gguf")]);
        const browser = createBrowser([at("models")]);
        expect(await names(browser, (await browser.list(null)).entries[0]?.handle ?? null)).toEqual([]);
    });
});
