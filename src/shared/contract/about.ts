import { z } from "zod";
import { FailureSchema } from "../schema/failure.ts";
import { procedure } from "./procedure.ts";

export const about = {
    /** What this Hearth is, and what is wrong with where it lives. */
    status: procedure.output(
        z.object({
            version: z.string().max(40),
            shell: z.enum(["electron", "web"]),
            /** Damaged database set aside, folder read-only, disk full …, each shown once at the top of the window. */
            notices: z.array(FailureSchema),
            /** Connections beyond this computer that the host has tried since its start; the scan, chat and fit make none. */
            connections: z.number().int().nonnegative(),
        }),
    ),
};
