import { z } from "zod";
import { ModelId } from "../schema/ids.ts";
import { Measurement } from "../schema/measurement.ts";
import { procedure } from "./procedure.ts";

export const measurements = {
    /** Newest first, at most 1,000; of one model, or of all. */
    list: procedure.input(z.object({ modelId: ModelId.nullable().default(null) })).output(z.array(Measurement)),
};
