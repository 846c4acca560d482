import type { LocalModel } from "#shared/schema/catalog.ts";
import type { ModelId } from "#shared/schema/ids.ts";

/** Models on this computer. Paths stay in here and in the engine; the window sees LocalModel. */
export type Library = {
    list(): Promise<{ models: LocalModel[]; starterMissing: string | null }>;
    /** The file of a model; throws FILE_MISSING, or STARTER_MISSING for the starter. */
    resolve(modelId: ModelId): Promise<{ model: LocalModel; filePath: string }>;
};
