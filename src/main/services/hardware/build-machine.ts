import os from "node:os";
import { matchDevice } from "#shared/domain/speed/match-device.ts";
import type { Device } from "#shared/schema/device.ts";
import type { BackendReport } from "#shared/schema/engine.ts";
import type { Doubt, Gpu, Machine } from "#shared/schema/machine.ts";
import type { Confidence, Known, Origin } from "#shared/schema/origin.ts";
import { cleanName } from "./clean-name.ts";
import type { Facts } from "./facts.ts";
import type { Probed } from "./probe.ts";

const GiB = 2 ** 30;
const known = <Value>(value: Value, origin: Origin, confidence: Confidence, note?: string): Known<Value> => ({
    value,
    origin,
    confidence,
    ...(note === undefined ? {} : { note }),
});

const platforms = ["linux", "darwin", "win32"] as const;
const knownPlatform = platforms.find((name) => name === process.platform) ?? "other";

/** Two threads slow each other down on two cores (stack.md 5.1); elsewhere one a physical core until it is measured. */
const goodThreads = (physicalCores: number): number => (physicalCores <= 2 ? 1 : physicalCores);

/** Raw facts, the device table and what was measured before, joined to a Machine; each value says how it is known. */
export function buildMachine(
    probed: Probed,
    {
        devices,
        facts,
        threadsOverride,
        begun,
    }: { devices: readonly Device[]; facts: Facts; threadsOverride: number | null; begun: number },
): Machine {
    const doubts: Doubt[] = [];
    const cpus = os.cpus();
    const cpu = probed.cpu ?? {
        name: cleanName(cpus[0]?.model ?? "Unknown processor"),
        physicalCores: Math.max(1, Math.ceil(cpus.length / 2)),
        logicalCores: Math.max(1, cpus.length),
        instructionSets: [],
    };
    const memory = probed.memory ?? {
        totalBytes: os.totalmem(),
        freeBytes: os.freemem(),
        hostTotalBytes: os.totalmem(),
    };
    if (memory.totalBytes < memory.hostTotalBytes)
        doubts.push({
            field: "memory.totalBytes",
            kind: "container-limit",
            figures: { limitBytes: memory.totalBytes, hostBytes: memory.hostTotalBytes },
        });
    const processor = matchDevice(devices, cpu.name, ["cpu"], null);
    const gpus = probed.backends ? readGpus(probed.backends, devices, doubts) : [];
    if (!probed.backends) doubts.push({ field: "gpu.totalBytes", kind: "graphics-not-read", figures: {} });
    const softwareGraphics = probed.backends?.softwareDriver ?? null;
    const cpuLimit = probed.limits?.cpuLimit ?? null;
    const memoryLimitBytes = probed.limits?.memoryLimitBytes ?? null;
    const isLimited = memory.totalBytes < memory.hostTotalBytes || (cpuLimit !== null && cpuLimit < cpu.logicalCores);
    const cores =
        cpuLimit === null ? cpu.physicalCores : Math.max(1, Math.min(cpu.physicalCores, Math.floor(cpuLimit)));
    const { modulesBytesPerSecond, disk, system, battery } = probed;
    const tableBytesPerSecond = processor?.bandwidthBytesPerSecond ?? null;
    return {
        schemaVersion: 1,
        kind: "here",
        title: null,
        cpu: {
            name: known(cpu.name, "read", "high"),
            physicalCores: known(cores, "read", probed.cpu ? "high" : "low"),
            logicalCores: known(cpu.logicalCores, "read", "high"),
            instructionSets: known(cpu.instructionSets, "read", cpu.instructionSets.length > 0 ? "high" : "low"),
            deviceClass: processor?.class ?? null,
            deviceId: processor?.id ?? null,
        },
        memory: {
            totalBytes: known(memory.totalBytes, "read", "high"),
            freeBytes: known(memory.freeBytes, "measured", "high"),
            bandwidthBytesPerSecond:
                modulesBytesPerSecond !== null
                    ? known(modulesBytesPerSecond, "read", "medium", "speed of the memory modules")
                    : tableBytesPerSecond !== null
                      ? known(
                            tableBytesPerSecond,
                            "published",
                            "medium",
                            `${processor?.name}: the fastest official memory`,
                        )
                      : null,
            measuredBandwidthBytesPerSecond:
                facts.bandwidthBytesPerSecond === null
                    ? null
                    : known(facts.bandwidthBytesPerSecond, "measured", "high"),
        },
        gpus,
        softwareGraphics: softwareGraphics === null ? null : cleanName(softwareGraphics),
        disk: {
            totalBytes: known(disk?.totalBytes ?? 0, "read", disk ? "high" : "low"),
            freeBytes: known(disk?.freeBytes ?? 0, "measured", disk ? "high" : "low"),
            fileSystem: null,
        },
        system: {
            platform: knownPlatform,
            name: cleanName(system?.distro ?? os.type()),
            version: cleanName(system?.release ?? os.release()),
            architecture: os.arch(),
        },
        battery: battery?.hasBattery
            ? { isOnBattery: !battery.acConnected, percent: Math.min(100, Math.max(0, battery.percent)) }
            : null,
        container: isLimited ? { memoryLimitBytes, cpuLimit } : null,
        threads:
            threadsOverride === null
                ? known(goodThreads(cores), "estimated", "medium")
                : known(threadsOverride, "corrected", "high", "HEARTH_THREADS"),
        doubts,
        scannedAt: new Date().toISOString(),
        scanMilliseconds: Math.round(performance.now() - begun),
    };
}

function readGpus(
    { backend, deviceNames, totalBytes, freeBytes, unifiedBytes }: BackendReport,
    devices: readonly Device[],
    doubts: Doubt[],
): Gpu[] {
    if (backend === null || deviceNames.length === 0 || totalBytes <= 0) return [];
    // Several cards report one sum; the first stands for all until the fit checker learns to split (issue 4).
    const name = cleanName(deviceNames[0] ?? "");
    const device = matchDevice(devices, name, ["gpu", "igpu", "apple", "apu"], totalBytes);
    const isUnified = unifiedBytes > 0 || (device !== null && device.kind !== "gpu");
    if (device === null) doubts.push({ field: "gpu.totalBytes", kind: "card-not-in-table", figures: { name } });
    if (
        !isUnified &&
        totalBytes < 4 * GiB &&
        (device === null || /\b(apu|radeon\(tm\) graphics|radeon graphics|iris|uhd|vega)\b/i.test(name))
    )
        doubts.push({ field: "gpu.isUnified", kind: "shared-memory", figures: { totalBytes } });
    const bandwidth = device?.bandwidthBytesPerSecond ?? null;
    return [
        {
            name: known(name, "read", "high"),
            backend,
            totalBytes: known(totalBytes, "read", "high", "from the engine's backend"),
            freeBytes: known(Math.min(freeBytes, totalBytes), "measured", "high"),
            isUnified: known(isUnified, unifiedBytes > 0 ? "read" : "estimated", unifiedBytes > 0 ? "high" : "medium"),
            drivesDisplay: known(true, "estimated", "low", "assumed: a display may hang on it"),
            bandwidthBytesPerSecond:
                bandwidth === null ? null : known(bandwidth, "published", "medium", device?.source),
            deviceId: device?.id ?? null,
            deviceClass: device?.class ?? null,
        },
    ];
}
