import type { Corrections, Gpu, Machine } from "../../schema/machine.ts";
import type { Known } from "../../schema/origin.ts";
import { goodThreads } from "./good-threads.ts";

type Wish<Value> = Value | null | undefined;
const isGiven = <Value>(value: Wish<Value>): value is Value => value !== null && value !== undefined;

function corrected<Value>(value: Wish<Value>, detected: Known<Value>): Known<Value>;
function corrected<Value>(value: Wish<Value>, detected: Known<Value> | null): Known<Value> | null;
function corrected<Value>(value: Wish<Value>, detected: Known<Value> | null): Known<Value> | null {
    return isGiven(value) ? { value, origin: "corrected", confidence: "high" } : detected;
}

/** What other programs hold stays held: a larger total gives that much more free memory, a smaller one less. */
function correctGpu(gpu: Gpu, { gpuTotalBytes, gpuIsUnified, gpuBandwidthBytesPerSecond }: Corrections): Gpu {
    const usedBytes = gpu.totalBytes.value - gpu.freeBytes.value;
    return {
        ...gpu,
        totalBytes: corrected(gpuTotalBytes, gpu.totalBytes),
        freeBytes: isGiven(gpuTotalBytes)
            ? { ...gpu.freeBytes, value: Math.max(0, gpuTotalBytes - usedBytes) }
            : gpu.freeBytes,
        isUnified: corrected(gpuIsUnified, gpu.isUnified),
        bandwidthBytesPerSecond: corrected(gpuBandwidthBytesPerSecond, gpu.bandwidthBytesPerSecond),
    };
}

/** Never above the physical cores; where only the cores were corrected, the estimate follows them. */
function correctThreads({ threads }: Machine, wanted: Wish<number>, cores: Known<number>): Known<number> {
    if (isGiven(wanted)) return { value: Math.min(wanted, cores.value), origin: "corrected", confidence: "high" };
    if (cores.origin !== "corrected") return threads;
    return threads.origin === "estimated"
        ? { ...threads, value: goodThreads(cores.value) }
        : { ...threads, value: Math.min(threads.value, cores.value) };
}

/** The machine with the reader's values in place of detected ones. A question that was answered is no doubt any more. */
export function applyCorrections(machine: Machine, corrections: Corrections): Machine {
    const answered = new Set<string>();
    if (isGiven(corrections.gpuIsUnified) || isGiven(corrections.gpuTotalBytes)) answered.add("shared-memory");
    if (isGiven(corrections.gpuBandwidthBytesPerSecond)) answered.add("card-not-in-table");
    if (isGiven(corrections.memoryTotalBytes)) answered.add("container-limit");
    const { cpu, memory } = machine;
    const totalBytes = corrected(corrections.memoryTotalBytes, memory.totalBytes);
    const physicalCores = corrected(corrections.cpuPhysicalCores, cpu.physicalCores);
    return {
        ...machine,
        cpu: { ...cpu, physicalCores },
        memory: {
            ...memory,
            totalBytes,
            freeBytes: isGiven(corrections.memoryTotalBytes)
                ? {
                      ...memory.freeBytes,
                      value: Math.max(0, totalBytes.value - (memory.totalBytes.value - memory.freeBytes.value)),
                  }
                : memory.freeBytes,
            bandwidthBytesPerSecond: corrected(
                corrections.memoryBandwidthBytesPerSecond,
                memory.bandwidthBytesPerSecond,
            ),
            // The reader's word stands alone: joined with our measurement it would not be in use.
            measuredBandwidthBytesPerSecond: isGiven(corrections.memoryBandwidthBytesPerSecond)
                ? null
                : memory.measuredBandwidthBytesPerSecond,
        },
        gpus: machine.gpus.map((gpu) => correctGpu(gpu, corrections)),
        threads: correctThreads(machine, corrections.threads, physicalCores),
        doubts: machine.doubts.filter(({ kind }) => !answered.has(kind)),
    };
}
