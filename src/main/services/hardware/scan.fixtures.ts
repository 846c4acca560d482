import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Device, DeviceTable } from "#shared/schema/device.ts";
import type { BackendReport } from "#shared/schema/engine.ts";
import type { Parts } from "./probe.ts";

export const GiB = 2 ** 30;

const resources = new URL("../../../../resources/", import.meta.url);
export const machinesFolder = fileURLToPath(new URL("machines/", resources));
export const bandwidthEntry = fileURLToPath(new URL("../../bandwidth/main.ts", import.meta.url));

/** The table that ships. */
export const devices: Device[] = DeviceTable.parse(
    JSON.parse(readFileSync(new URL("data/devices.json", resources), "utf8")),
).devices;

export const noGraphics: BackendReport = {
    engineBuild: "llama.cpp b1",
    libraryVersion: "3.21.1",
    backend: null,
    deviceNames: [],
    totalBytes: 0,
    freeBytes: 0,
    unifiedBytes: 0,
    mathCores: 4,
    softwareDriver: null,
};

/** A backend that reports one card. */
export const card = (name: string, totalBytes: number, more: Partial<BackendReport> = {}): BackendReport => ({
    ...noGraphics,
    backend: "vulkan",
    deviceNames: [name],
    totalBytes,
    freeBytes: totalBytes / 2,
    ...more,
});

/** Parts of a made-up desktop; too little memory is free to measure anything. */
export const desktop: Parts = {
    cpu: () => Promise.resolve({ name: "AMD Ryzen 7 5700X", physicalCores: 8, logicalCores: 16 }),
    instructionSets: () => Promise.resolve(["avx", "avx2"]),
    memory: () => Promise.resolve({ totalBytes: 32 * GiB, freeBytes: GiB / 4, hostTotalBytes: 32 * GiB }),
    limits: () => Promise.resolve({ memoryLimitBytes: null, memoryUsedBytes: null, cpuLimit: null }),
    modules: () => Promise.resolve({ count: 2, megatransfersPerSecond: 3200 }),
    disk: () => Promise.resolve({ totalBytes: 1e12, freeBytes: 4e11 }),
    system: () => Promise.resolve({ name: "Debian GNU/Linux", version: "13" }),
    battery: () => Promise.resolve(null),
    backends: () => Promise.resolve(noGraphics),
};
