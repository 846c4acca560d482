import { z } from "zod";
import { Corrections } from "./machine.ts";
import { ModelId } from "./ids.ts";

/** Everything the reader can set. Unknown keys in the file are kept, damaged ones fall back to these defaults one by one. */
export const Settings = z.object({
    theme: z.enum(["system", "light", "dark"]).default("system"),
    /** 90 to 150 percent of the root text size. */
    textSizePercent: z.number().int().min(90).max(150).default(100),
    speedUnit: z.enum(["words", "tokens"]).default("words"),
    /** True once the first run was left: by a first answer, or by "look around". */
    hasFinishedFirstRun: z.boolean().default(false),
    lastModelId: ModelId.nullable().default(null),
    corrections: Corrections.default({}),
});
export type Settings = z.infer<typeof Settings>;
export const SettingsPatch = Settings.partial();
export type SettingsPatch = z.infer<typeof SettingsPatch>;
