import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { Corrections, Machine, MemoryNow } from "../schema/machine.ts";
import { procedure } from "./procedure.ts";

export const hardware = {
    /** Reads this computer. Cached unless `fresh`; at most 2,000 milliseconds. */
    scan: procedure.input(z.object({ fresh: z.boolean().default(false) })).output(Machine),
    /** The machine, first as known and then whenever a probe (bandwidth, threads) or a correction changes it. */
    watch: procedure.output(eventIterator(Machine)),
    /** Free memory, first now and then whenever it moves by more than 64 MiB. */
    watchMemory: procedure.output(eventIterator(MemoryNow)),
    /** Puts the reader's values in place of detected ones, remembered; null puts the detected value back. */
    correct: procedure.input(Corrections).output(Machine),
};
