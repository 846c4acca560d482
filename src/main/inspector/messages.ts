import { z } from "zod";
import { Inspection } from "#shared/schema/inspection.ts";

const request = z.number().int().nonnegative();

/** All that the host says to the inspector. */
export const ToInspector = z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("inspect"), request, filePath: z.string().min(1) }),
    z.object({ kind: z.literal("stop"), request }),
]);
export type ToInspector = z.infer<typeof ToInspector>;

/** All that the inspector says to the host. */
export const FromInspector = z.object({ kind: z.literal("inspected"), request, inspection: Inspection });
export type FromInspector = z.infer<typeof FromInspector>;
