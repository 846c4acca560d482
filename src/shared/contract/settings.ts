import { z } from "zod";
import { FailureSchema } from "../schema/failure.ts";
import { Settings, SettingsPatch } from "../schema/settings.ts";
import { procedure } from "./procedure.ts";

export const settings = {
    /** Settings as they are; `notice` says once that a damaged file was set aside. */
    get: procedure.output(z.object({ settings: Settings, notice: FailureSchema.nullable() })),
    set: procedure.input(SettingsPatch).output(Settings),
};
