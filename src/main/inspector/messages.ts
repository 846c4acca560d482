import { z } from "zod";
import { Turn } from "#shared/schema/chat.ts";
import { Inspection } from "#shared/schema/inspection.ts";
import { Prompt } from "#shared/schema/prompt.ts";

const request = z.number().int().nonnegative();

/** All that the host says to the inspector. */
export const ToInspector = z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("inspect"), request, filePath: z.string().min(1) }),
    z.object({
        kind: z.literal("render"),
        request,
        filePath: z.string().min(1),
        turns: z.array(Turn).min(1),
    }),
    z.object({ kind: z.literal("stop"), request }),
]);
export type ToInspector = z.infer<typeof ToInspector>;

/** The known format of a file's family. */
export const Fallback = z.object({
    format: z.string().max(40),
    options: z.record(z.string(), z.json()),
    name: z.string().max(60),
});
export type Fallback = z.infer<typeof Fallback>;

export const Rendering = z.discriminatedUnion("outcome", [
    z.object({ outcome: z.literal("ok"), prompt: Prompt, source: z.enum(["file", "none"]), name: z.string().max(60) }),
    z.object({ outcome: z.literal("refused"), problem: z.enum(["error", "too-long"]), detail: z.string().max(300) }),
]);
export type Rendering = z.infer<typeof Rendering>;

/** All that the inspector says to the host. */
export const FromInspector = z.discriminatedUnion("kind", [
    /**
     * A rendering is about to run: its time counts from here, not from the start of the process. `fallback` lays out the
     * same turns without anything of the file, should it not come to an end.
     */
    z.object({ kind: z.literal("begun"), request, fallback: Fallback }),
    z.object({ kind: z.literal("inspected"), request, inspection: Inspection }),
    z.object({ kind: z.literal("rendered"), request, rendering: Rendering }),
]);
export type FromInspector = z.infer<typeof FromInspector>;
