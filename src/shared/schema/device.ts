import { z } from "zod";

/** A row of resources/data/devices.json. `match` is a regular expression, flag `i`, for the name a driver reports. */
export const Device = z.object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(["gpu", "igpu", "apple", "apu", "cpu"]),
    class: z.string(),
    match: z.string(),
    memoryBytesOptions: z.array(z.number().positive()),
    bandwidthBytesPerSecond: z.number().positive().nullable(),
    fp16FlopsPerSecond: z.number().positive().nullable(),
    int8OperationsPerSecond: z.number().positive().nullish(),
    /** Of Apple chips: several rows share a name and differ in these. */
    gpuCores: z.number().int().positive().nullish(),
    memoryType: z.string().nullish(),
    memoryMegatransfersPerSecond: z.number().positive().nullish(),
    /** Of 64 bits; a board with 32 has half of one. */
    memoryChannels: z.number().positive().nullish(),
    note: z.string().nullish(),
    confidence: z.string(),
    source: z.string(),
});
export type Device = z.infer<typeof Device>;

export const DeviceTable = z.object({ asOf: z.string(), devices: z.array(Device) });
