import os from "node:os";
import { bestThreads, goodThreads } from "#shared/domain/machine/good-threads.ts";
import type { Device } from "#shared/schema/device.ts";
import type { Doubt, Machine } from "#shared/schema/machine.ts";
import type { Known } from "#shared/schema/origin.ts";
import { cleanName } from "./clean-name.ts";
import type { Facts, ThreadFacts } from "./facts.ts";
import { findProcessor } from "./find-processor.ts";
import { readGraphics } from "./graphics.ts";
import { known } from "./known.ts";
import { findMemoryBandwidth } from "./memory-bandwidth.ts";
import type { Cpu, Probed } from "./probe.ts";

const NO_ANSWER = "did not answer; the system's own figure";
const platforms = ["linux", "darwin", "win32"] as const;
const platform = platforms.find((name) => name === process.platform) ?? "other";

/** What Node itself knows, where a part of the scan failed. */
function ownCpu(): Cpu {
    const cpus = os.cpus();
    return {
        name: cleanName(cpus[0]?.model ?? "") || "Unknown processor",
        physicalCores: Math.max(1, Math.ceil(cpus.length / 2)),
        logicalCores: Math.max(1, cpus.length),
    };
}

/** Cores that may be used: a container's limit below them counts. */
function limitCores({ physicalCores }: Cpu, cpuLimit: number | null, isRead: boolean): Known<number> {
    const limit = Math.max(1, Math.floor(cpuLimit ?? Infinity));
    if (limit < physicalCores)
        return known(limit, "read", "high", `the container may use ${limit} of ${physicalCores}`);
    return isRead ? known(physicalCores, "read", "high") : known(physicalCores, "estimated", "low", NO_ANSWER);
}

function chooseThreads(cores: number, threadsOverride: number | null, measured: ThreadFacts | null): Known<number> {
    if (threadsOverride !== null)
        return known(Math.min(cores, Math.max(1, threadsOverride)), "corrected", "high", "HEARTH_THREADS");
    const best = measured && bestThreads(measured.rates);
    if (measured && best !== null) {
        const rates = measured.rates.map(
            ({ threads, tokensPerSecond }) => `${tokensPerSecond.toFixed(1)} tokens/s with ${threads}`,
        );
        return known(Math.min(cores, best), "measured", "high", rates.join(", "));
    }
    return known(goodThreads(cores), "estimated", "medium", cores <= 2 ? "two cores or fewer: one" : "one a core");
}

/** Raw facts, the device table and what was measured before, joined to a Machine; each value says how it is known. */
export function buildMachine(
    probed: Probed,
    {
        devices,
        facts,
        threadsOverride,
        scannedAt,
        scanMilliseconds,
    }: {
        devices: readonly Device[];
        facts: Facts | null;
        threadsOverride: number | null;
        scannedAt: string;
        scanMilliseconds: number;
    },
): Machine {
    const cpu = probed.cpu ?? ownCpu();
    const total = os.totalmem();
    const memory = probed.memory ?? { totalBytes: total, freeBytes: os.freemem(), hostTotalBytes: total };
    const processor = findProcessor(devices, cpu.name, memory.totalBytes);
    const memoryBandwidth = findMemoryBandwidth(probed.modules, processor);
    const isProcessorRow = processor?.kind === "cpu";
    const graphics = probed.backends && readGraphics(probed.backends, { devices, cpuName: cpu.name, memoryBandwidth });

    const softwareGraphics = cleanName(probed.backends?.softwareDriver ?? "") || null;
    const isMemoryLimited = memory.totalBytes < memory.hostTotalBytes;
    const cpuLimit = probed.limits?.cpuLimit ?? null;
    const isCpuLimited = cpuLimit !== null && cpuLimit < cpu.logicalCores;
    const physicalCores = limitCores(cpu, cpuLimit, probed.cpu !== null);
    const doubts: Doubt[] = graphics?.doubts ?? [{ field: "gpu.totalBytes", kind: "graphics-not-read", figures: {} }];
    if (softwareGraphics !== null)
        doubts.push({ field: "gpu.totalBytes", kind: "software-graphics", figures: { name: softwareGraphics } });
    if (isMemoryLimited)
        doubts.push({
            field: "memory.totalBytes",
            kind: "container-limit",
            figures: { limitBytes: memory.totalBytes, hostBytes: memory.hostTotalBytes },
        });
    const isMemoryRead = probed.memory !== null;
    const sets = probed.instructionSets ?? [];
    return {
        schemaVersion: 1,
        kind: "here",
        title: null,
        cpu: {
            name: known(cpu.name, "read", "high"),
            physicalCores,
            logicalCores: known(cpu.logicalCores, "read", "high"),
            instructionSets: known(sets, "read", sets.length > 0 ? "high" : "low"),
            deviceClass: isProcessorRow ? processor.class : null,
            deviceId: processor?.id ?? null,
        },
        memory: {
            totalBytes: known(memory.totalBytes, "read", "high", isMemoryLimited ? "the container's limit" : undefined),
            freeBytes: known(
                memory.freeBytes,
                "measured",
                isMemoryRead ? "high" : "low",
                isMemoryRead ? undefined : NO_ANSWER,
            ),
            bandwidthBytesPerSecond: memoryBandwidth,
            measuredBandwidthBytesPerSecond:
                facts && facts.bandwidthBytesPerSecond !== null
                    ? known(
                          facts.bandwidthBytesPerSecond,
                          "measured",
                          facts.measurements > 0 ? "high" : "medium",
                          `all cores summing memory for a second${facts.measurements > 0 ? "" : ", beside other programs"}`,
                      )
                    : null,
        },
        gpus: graphics?.gpus ?? [],
        softwareGraphics,
        disk: {
            totalBytes: known(probed.disk?.totalBytes ?? 0, "read", probed.disk ? "high" : "low"),
            freeBytes: probed.disk
                ? known(probed.disk.freeBytes, "measured", "high")
                : known(0, "measured", "low", "the disk did not answer"),
            fileSystem: null,
        },
        system: {
            platform,
            name: probed.system?.name || cleanName(os.type()),
            version: probed.system?.version || cleanName(os.release()),
            architecture: os.arch(),
        },
        battery: probed.battery,
        container:
            isMemoryLimited || isCpuLimited
                ? {
                      memoryLimitBytes: isMemoryLimited ? memory.totalBytes : null,
                      cpuLimit: isCpuLimited ? cpuLimit : null,
                  }
                : null,
        threads: chooseThreads(physicalCores.value, threadsOverride, facts?.threads ?? null),
        doubts,
        scannedAt,
        scanMilliseconds,
    };
}
