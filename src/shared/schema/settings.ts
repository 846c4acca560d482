import { z } from "zod";
import { Corrections } from "./machine.ts";
import { ModelId } from "./ids.ts";
import { ModelLimit } from "./run-settings.ts";

const fields = {
    theme: z.enum(["system", "light", "dark"]),
    /** 90 to 150 percent of the root text size. */
    textSizePercent: z.number().int().min(90).max(150),
    speedUnit: z.enum(["words", "tokens"]),
    /** True once the first run was left: by a first answer, or by "look around". */
    hasFinishedFirstRun: z.boolean(),
    lastModelId: ModelId.nullable(),
    corrections: Corrections,
    /** By model id. */
    modelLimits: z.record(z.string(), ModelLimit),
};

/** Everything the reader can set. Unknown keys in the file are kept, damaged ones fall back to these defaults one by one. */
export const Settings = z.object({
    theme: fields.theme.default("system"),
    textSizePercent: fields.textSizePercent.default(100),
    speedUnit: fields.speedUnit.default("words"),
    hasFinishedFirstRun: fields.hasFinishedFirstRun.default(false),
    lastModelId: fields.lastModelId.default(null),
    corrections: fields.corrections.default({}),
    modelLimits: fields.modelLimits.default({}),
});
export type Settings = z.infer<typeof Settings>;
/** Without defaults: a default in a patch would undo what the reader had set. */
export const SettingsPatch = z.object(fields).partial();
export type SettingsPatch = z.infer<typeof SettingsPatch>;
