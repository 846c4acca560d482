import { z } from "zod";
import { Turn } from "#shared/schema/chat.ts";
import { Inspection } from "#shared/schema/inspection.ts";
import { Prompt, TemplateUse } from "#shared/schema/prompt.ts";

const request = z.number().int().nonnegative();

/** All that the host says to the inspector. */
export const ToInspector = z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("inspect"), request, filePath: z.string().min(1) }),
    /** `useFileTemplate: false` runs nothing of the file: its family's known format lays out the turns. */
    z.object({
        kind: z.literal("render"),
        request,
        filePath: z.string().min(1),
        turns: z.array(Turn).min(1),
        useFileTemplate: z.boolean(),
    }),
    z.object({ kind: z.literal("stop"), request }),
]);
export type ToInspector = z.infer<typeof ToInspector>;

export const Rendering = z.discriminatedUnion("outcome", [
    z.object({ outcome: z.literal("ok"), prompt: Prompt, source: TemplateUse.shape.source, name: z.string().max(60) }),
    z.object({ outcome: z.literal("refused"), problem: z.enum(["error", "too-long"]), detail: z.string().max(300) }),
]);
export type Rendering = z.infer<typeof Rendering>;

/** All that the inspector says to the host. */
export const FromInspector = z.discriminatedUnion("kind", [
    /** A rendering is about to run: its time counts from here, not from the start of the process. */
    z.object({ kind: z.literal("begun"), request }),
    z.object({ kind: z.literal("inspected"), request, inspection: Inspection }),
    z.object({ kind: z.literal("rendered"), request, rendering: Rendering }),
]);
export type FromInspector = z.infer<typeof FromInspector>;
