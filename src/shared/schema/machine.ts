import { z } from "zod";
import { known } from "./origin.ts";

const bytes = z.number().int().nonnegative();
const text = z.string().max(300);

/** What the engine's backend calls its interface to the graphics hardware. */
export const GpuBackend = z.enum(["cuda", "metal", "vulkan"]);
export type GpuBackend = z.infer<typeof GpuBackend>;

export const Gpu = z.object({
    name: known(text),
    backend: GpuBackend,
    /** Bytes; from the engine's backend, never from the operating system's guess. */
    totalBytes: known(bytes),
    freeBytes: known(bytes),
    /** True where the graphics memory is a part of main memory (Apple silicon, integrated graphics). */
    isUnified: known(z.boolean()),
    drivesDisplay: known(z.boolean()),
    /** Peak bytes a second; null: no table names this card. */
    bandwidthBytesPerSecond: known(z.number().positive()).nullable(),
    /** Row of resources/data/devices.json; null: no table names this card. */
    deviceId: text.nullable(),
    /** Speed class of resources/data/speed-model.json, without the backend; null: unknown. */
    deviceClass: text.nullable(),
});
export type Gpu = z.infer<typeof Gpu>;

export const Doubt = z.object({
    /** Which value is doubted, and which answer the reader can give: `correct` with this field. */
    field: z.enum(["gpu.isUnified", "gpu.totalBytes", "memory.totalBytes", "cpu.physicalCores"]),
    kind: z.enum(["shared-memory", "software-graphics", "card-not-in-table", "container-limit", "graphics-not-read"]),
    /** Figures the sentence needs, in bytes or counts; the sentence itself lives in words. */
    figures: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Doubt = z.infer<typeof Doubt>;

export const Machine = z.object({
    schemaVersion: z.literal(1),
    /** `here`: scanned on this computer. `described`: built from published data, a simulation that must say so on screen. */
    kind: z.enum(["here", "described"]),
    /** For a described machine, its name ("8 GB laptop without graphics card"). */
    title: text.nullable(),
    cpu: z.object({
        name: known(text),
        physicalCores: known(z.number().int().positive()),
        logicalCores: known(z.number().int().positive()),
        /** Lower case: avx, avx2, avx512f, neon, dotprod … */
        instructionSets: known(z.array(z.string().max(30)).max(64)),
        /** Speed class of speed-model.json (`cpu-desktop-amd` …); null: unknown. */
        deviceClass: text.nullable(),
        deviceId: text.nullable(),
    }),
    memory: z.object({
        /** What this program may use: the container's limit where there is one. */
        totalBytes: known(bytes),
        /** Available, not merely free (`MemAvailable` on Linux), within the container's limit. */
        freeBytes: known(bytes),
        /** Peak bytes a second by the table or the modules; null: unknown. */
        bandwidthBytesPerSecond: known(z.number().positive()).nullable(),
        /** Measured by our probe with all physical cores; null: not measured yet. */
        measuredBandwidthBytesPerSecond: known(z.number().positive()).nullable(),
    }),
    gpus: z.array(Gpu).max(16),
    /** Name of a software driver that calls itself a graphics card (llvmpipe …); null: none seen. */
    softwareGraphics: text.nullable(),
    disk: z.object({ totalBytes: known(bytes), freeBytes: known(bytes), fileSystem: text.nullable() }),
    system: z.object({
        platform: z.enum(["linux", "darwin", "win32", "other"]),
        name: text,
        version: text,
        architecture: text,
    }),
    battery: z.object({ isOnBattery: z.boolean(), percent: z.number().min(0).max(100) }).nullable(),
    container: z.object({ memoryLimitBytes: bytes.nullable(), cpuLimit: z.number().positive().nullable() }).nullable(),
    /** Threads the engine is told to use; never above the physical cores. */
    threads: known(z.number().int().positive()),
    doubts: z.array(Doubt).max(16),
    scannedAt: z.iso.datetime(),
    scanMilliseconds: z.number().nonnegative(),
});
export type Machine = z.infer<typeof Machine>;

export const MemoryNow = z.object({
    totalBytes: bytes,
    freeBytes: bytes,
    gpuTotalBytes: bytes.nullable(),
    gpuFreeBytes: bytes.nullable(),
});
export type MemoryNow = z.infer<typeof MemoryNow>;

/** What the reader may correct, and what a correction looks like. A null puts the detected value back. */
export const Corrections = z
    .object({
        memoryTotalBytes: bytes
            .min(256 * 2 ** 20)
            .max(16 * 2 ** 40)
            .nullable(),
        memoryBandwidthBytesPerSecond: z.number().min(1e9).max(1e14).nullable(),
        cpuPhysicalCores: z.number().int().min(1).max(1024).nullable(),
        gpuTotalBytes: bytes.max(2 ** 41).nullable(),
        gpuIsUnified: z.boolean().nullable(),
        gpuBandwidthBytesPerSecond: z.number().min(1e9).max(1e14).nullable(),
        threads: z.number().int().min(1).max(1024).nullable(),
    })
    .partial();
export type Corrections = z.infer<typeof Corrections>;
