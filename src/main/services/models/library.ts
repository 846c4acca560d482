import { createHash } from "node:crypto";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import type { LocalModel } from "#shared/schema/catalog.ts";
import { Failed, type Failure } from "#shared/schema/failure.ts";
import { ModelId } from "#shared/schema/ids.ts";
import type { Inspection } from "#shared/schema/inspection.ts";
import type { Paths } from "../../shell.ts";
import type { Inspector } from "../inspector/inspector.ts";
import type { Log } from "../log/log.ts";
import { createAddedFiles } from "./added-files.ts";

/** Models on this computer. Paths stay in here and in the engine; the window sees LocalModel. */
export type Library = {
    list(): Promise<{ models: LocalModel[]; starterMissing: string | null }>;
    /** The file of a model; throws FILE_MISSING, FILE_REFUSED, or STARTER_MISSING for the starter. */
    resolve(modelId: ModelId): Promise<{ model: LocalModel; filePath: string }>;
    /** Takes a file where it lies. Throws FILE_REFUSED for one that cannot be run. */
    add(filePath: string): Promise<LocalModel>;
    forget(modelId: ModelId): Promise<void>;
    /** A damaged list of added files that was set aside. */
    notice(): Failure | null;
};

export const STARTER_ID = ModelId.parse("starter");
const STARTER_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf";
const STARTER_NAME = "SmolLM2 135M";
const MOST_FILES = 2000;

export function createLibrary({ paths, inspector, log }: { paths: Paths; inspector: Inspector; log: Log }): Library {
    const added = createAddedFiles({ dataFolder: paths.data, log });
    const starterFolder = path.join(paths.cache, "starter");
    const starterPath = path.join(starterFolder, STARTER_FILE);
    /** Keyed by place, size and time of change: a header is read once. */
    const inspections = new Map<string, Inspection>();

    const inspectFile = async (filePath: string): Promise<{ inspection: Inspection; sizeBytes: number } | null> => {
        const found = await stat(filePath).catch(() => null);
        if (!found) return null;
        const key = `${filePath}\0${found.size}\0${found.mtimeMs}`;
        const inspection = inspections.get(key) ?? (await inspector.inspect(filePath));
        if (inspection.verdict === "ok" || (inspection.fault !== "too-slow" && inspection.fault !== "stopped"))
            inspections.set(key, inspection);
        return { inspection, sizeBytes: found.size };
    };

    const describe = async (filePath: string): Promise<LocalModel | null> => {
        const read = await inspectFile(filePath);
        if (!read) return null;
        const { inspection, sizeBytes } = read;
        const isStarter = filePath === starterPath;
        const fileName = path.basename(filePath).normalize("NFC");
        const isOk = inspection.verdict === "ok";
        return {
            id: isStarter ? STARTER_ID : fileId(filePath),
            name: isStarter
                ? STARTER_NAME
                : ((isOk ? inspection.header.name : null) ?? fileName.replace(/\.gguf$/i, "")),
            fileName: fileName.slice(0, 500),
            sizeBytes,
            isStarter,
            shape: isOk ? inspection.shape : null,
            refusal: isOk ? null : { fault: inspection.fault, detail: inspection.detail },
        };
    };

    const places = async (): Promise<string[]> => {
        const folder = await readdir(paths.models, { withFileTypes: true }).catch(() => []);
        const own = folder
            .filter((entry) => entry.name.toLowerCase().endsWith(".gguf") && !entry.isDirectory())
            .slice(0, MOST_FILES)
            .map((entry) => path.join(paths.models, entry.name));
        return [...new Set([starterPath, ...own, ...(await added.read())])];
    };

    const whyStarterIsMissing = async (): Promise<string> => {
        const written = await readFile(path.join(starterFolder, "missing.txt"), "utf8").catch(() => "");
        return written.trim().slice(0, 300) || "Set-up has not fetched it yet.";
    };

    return {
        async list() {
            const models: LocalModel[] = [];
            // One after the other: the inspector reads one header at a time anyway.
            for (const place of await places()) {
                const model = await describe(place);
                if (model && model.refusal?.fault !== "not-a-chat-model") models.push(model);
            }
            const hasStarter = models.some((model) => model.isStarter && model.shape);
            return { models, starterMissing: hasStarter ? null : await whyStarterIsMissing() };
        },
        async resolve(modelId) {
            for (const filePath of await places()) {
                const isWanted = filePath === starterPath ? modelId === STARTER_ID : fileId(filePath) === modelId;
                if (!isWanted) continue;
                const model = await describe(filePath);
                if (model?.shape) return { model, filePath };
                if (model?.refusal) throw refused(model.fileName, await inspectFile(filePath));
            }
            if (modelId === STARTER_ID)
                throw new Failed({ code: "STARTER_MISSING", data: { reason: await whyStarterIsMissing() } });
            throw new Failed({ code: "FILE_MISSING", data: { fileName: "this model's file" } });
        },
        async add(filePath) {
            const real = await realpath(filePath).catch(() => filePath);
            const model = await describe(real);
            if (!model) throw new Failed({ code: "FILE_MISSING", data: { fileName: path.basename(filePath) } });
            if (!model.shape) throw refused(model.fileName, await inspectFile(real));
            await added.change((places) => [...places, real]);
            return model;
        },
        async forget(modelId) {
            await added.change((places) => places.filter((place) => fileId(place) !== modelId));
        },
        notice: added.notice,
    };
}

const fileId = (filePath: string): ModelId =>
    ModelId.parse(`file:${createHash("sha256").update(filePath).digest("hex").slice(0, 32)}`);

function refused(fileName: string, read: { inspection: Inspection } | null): Failed {
    const inspection = read?.inspection;
    if (!inspection || inspection.verdict === "ok") return new Failed({ code: "FILE_MISSING", data: { fileName } });
    const { fault, detail, missingBytes } = inspection;
    return new Failed({
        code: "FILE_REFUSED",
        data: { fileName: fileName.slice(0, 300), fault, detail, missingBytes },
    });
}
