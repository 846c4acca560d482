import { mayShareMemory, soundsIntegrated } from "#shared/domain/machine/integrated.ts";
import { matchDevice } from "#shared/domain/speed/match-device.ts";
import type { Device } from "#shared/schema/device.ts";
import type { BackendReport } from "#shared/schema/engine.ts";
import type { Doubt, Gpu } from "#shared/schema/machine.ts";
import type { Known } from "#shared/schema/origin.ts";
import { cleanName } from "./clean-name.ts";
import { known } from "./known.ts";

/** The row of a card; graphics that only say "Radeon Graphics" are found by their processor (hardware/README.md section 1.6). */
function findDevice(devices: readonly Device[], name: string, cpuName: string, totalBytes: number): Device | null {
    const device = matchDevice(devices, name, ["gpu", "igpu", "apple", "apu"], totalBytes);
    return device ?? (soundsIntegrated(name) ? matchDevice(devices, cpuName, ["igpu", "apu"], totalBytes) : null);
}

/** Integrated graphics read the computer's own memory modules, whatever the table's row assumes. */
function findBandwidth(
    device: Device | null,
    isUnified: boolean,
    memoryBandwidth: Known<number> | null,
): Known<number> | null {
    if (memoryBandwidth && (device?.kind === "igpu" || (device === null && isUnified)))
        return { ...memoryBandwidth, note: "shares the computer's memory" };
    const bandwidth = device?.bandwidthBytesPerSecond ?? null;
    return bandwidth === null ? null : known(bandwidth, "published", "medium", device?.source);
}

/** The graphics card as the engine's backend reports it, with what is doubtful about it; no card without a usable backend. */
export function readGraphics(
    { backend, deviceNames, totalBytes, freeBytes, unifiedBytes }: BackendReport,
    {
        devices,
        cpuName,
        memoryBandwidth,
    }: { devices: readonly Device[]; cpuName: string; memoryBandwidth: Known<number> | null },
): { gpus: Gpu[]; doubts: Doubt[] } {
    if (backend === null || deviceNames.length === 0 || totalBytes <= 0) return { gpus: [], doubts: [] };
    // Several cards report one sum; the first stands for all until the fit checker learns to split (issue 4).
    const name = cleanName(deviceNames[0] ?? "") || "Unknown graphics card";
    const device = findDevice(devices, name, cpuName, totalBytes);
    const isReadUnified = unifiedBytes > 0;
    const isInDoubt = !isReadUnified && mayShareMemory({ name, totalBytes, isDiscrete: device?.kind === "gpu" });
    const isUnified = isReadUnified || isInDoubt || (device !== null && device.kind !== "gpu");
    const bandwidth = findBandwidth(device, isUnified, memoryBandwidth);
    const doubts: Doubt[] = [];
    if (isInDoubt) doubts.push({ field: "gpu.isUnified", kind: "shared-memory", figures: { name, totalBytes } });
    if (bandwidth === null) doubts.push({ field: "gpu.totalBytes", kind: "card-not-in-table", figures: { name } });
    const gpu: Gpu = {
        name: known(name, "read", "high"),
        backend,
        totalBytes: known(Math.floor(totalBytes), "read", isInDoubt ? "low" : "high", "from the engine's backend"),
        freeBytes: known(Math.floor(Math.min(freeBytes, totalBytes)), "measured", "high"),
        isUnified: isReadUnified
            ? known(true, "read", "high", "from the engine's backend")
            : known(isUnified, "estimated", isInDoubt ? "low" : "medium"),
        drivesDisplay: known(true, "estimated", "low", "assumed: a display may hang on it"),
        bandwidthBytesPerSecond: bandwidth,
        deviceId: device?.id ?? null,
        deviceClass: device?.class ?? null,
    };
    return { gpus: [gpu], doubts };
}
