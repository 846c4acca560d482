import { ORPCError } from "@orpc/client";
import type { Api } from "#shared/contract/contract.ts";
import { applyCorrections } from "#shared/domain/machine/correct.ts";
import type { CatalogModel, LocalModel } from "#shared/schema/catalog.ts";
import type { ChatSummary } from "#shared/schema/chat.ts";
import type { Failure } from "#shared/schema/failure.ts";
import type { Corrections, Machine } from "#shared/schema/machine.ts";
import type { Measurement } from "#shared/schema/measurement.ts";
import { Settings } from "#shared/schema/settings.ts";

/** What a procedure of the scripted host does: answers, refuses, or never comes back. */
type Answer<Value> = Value | Failure | "never";

export type RoomScript = {
    machine: Answer<Machine>;
    catalog: Answer<CatalogModel[]>;
    /** Newest first. */
    runs?: Measurement[];
    chats?: Answer<ChatSummary[]>;
    models?: LocalModel[];
    starterMissing?: string | null;
    hasFinishedFirstRun?: boolean;
    /** Names by folder; a name that ends in .gguf is a model file. The first folder is the root. */
    folders?: Record<string, string[]>;
};

const isFailure = (answer: unknown): answer is Failure =>
    typeof answer === "object" && answer !== null && "code" in answer && "data" in answer;
const forever = new Promise<never>(() => {});

async function give<Value extends object>(answer: Answer<Value>): Promise<Value> {
    if (answer === "never") return forever;
    if (isFailure(answer)) throw new ORPCError(answer.code, { data: answer.data });
    return answer;
}

/**
 * A host for the rooms before the chat: it answers what the script says and remembers corrections and settings. Used by
 * the gallery and by tests; figures come from the machine, the catalog and the estimator, never from here.
 */
export function scriptedRooms(script: RoomScript) {
    let corrections: Corrections = {};
    let settings = Settings.parse({ hasFinishedFirstRun: script.hasFinishedFirstRun ?? false });
    const corrected: Corrections[] = [];
    const loaded: string[] = [];
    let models = script.models ?? [];
    const machineNow = async () => applyCorrections(await give(script.machine), corrections);
    const folders = script.folders ?? { files: [] };
    const root = Object.keys(folders)[0] ?? "files";
    const watchNothing = async () =>
        (async function* () {
            await forever;
            yield undefined;
        })();

    const api = {
        hardware: {
            scan: machineNow,
            watch: watchNothing,
            watchMemory: watchNothing,
            correct: async (patch: Corrections) => {
                corrected.push(patch);
                corrections = { ...corrections, ...patch };
                return machineNow();
            },
        },
        models: {
            catalog: async () => ({ asOf: "2026-11-01", models: await give(script.catalog) }),
            list: async () => ({ models, starterMissing: script.starterMissing ?? null }),
            browse: async ({ handle }: { handle: string | null }) => {
                const names = handle === null ? [root] : (folders[handle] ?? []);
                return {
                    name: handle ?? "",
                    parent: handle === null || handle === root ? null : root,
                    entries: names.map((name) => ({
                        handle: name,
                        name,
                        kind: name.endsWith(".gguf") ? ("model" as const) : ("folder" as const),
                        sizeBytes: name.endsWith(".gguf") ? 2.7e9 : null,
                    })),
                };
            },
            add: async ({ handle }: { handle: string }) => {
                const model = localModel(handle, { name: handle });
                models = [...models, model];
                return model;
            },
        },
        measurements: { list: async () => script.runs ?? [] },
        chats: { list: async () => give(script.chats ?? []) },
        engine: {
            watch: watchNothing,
            load: async ({ modelId }: { modelId: string }) => void loaded.push(modelId),
        },
        settings: {
            get: async () => ({ settings, notice: null }),
            set: async (patch: Partial<Settings>) => (settings = { ...settings, ...patch }),
        },
        about: {
            status: async () => ({ version: "0", shell: "web" as const, notices: [], connections: 0 }),
        },
    };
    return {
        // Only what these rooms call is here; calling another procedure fails the test.
        api: api as unknown as Api,
        /** Every correction that was sent, in order. */
        corrected,
        loaded,
    };
}

export const localModel = (id: string, changes: Partial<LocalModel> = {}): LocalModel => ({
    id: id as LocalModel["id"],
    name: id,
    fileName: `${id}.gguf`,
    sizeBytes: 98e6,
    isStarter: false,
    shape: null,
    refusal: null,
    ...changes,
});
