import type { Corrections, Gpu, Machine } from "../../schema/machine.ts";
import type { Known } from "../../schema/origin.ts";

const corrected = <Value>(value: Value | null | undefined, detected: Known<Value>): Known<Value> =>
    value === null || value === undefined ? detected : { value, origin: "corrected", confidence: "high" };

const correctedOrNull = <Value>(value: Value | null | undefined, detected: Known<Value> | null): Known<Value> | null =>
    value === null || value === undefined ? detected : { value, origin: "corrected", confidence: "high" };

function correctGpu(gpu: Gpu, { gpuTotalBytes, gpuIsUnified, gpuBandwidthBytesPerSecond }: Corrections): Gpu {
    const totalBytes = corrected(gpuTotalBytes, gpu.totalBytes);
    const used = gpu.totalBytes.value - gpu.freeBytes.value;
    return {
        ...gpu,
        totalBytes,
        freeBytes: gpuTotalBytes ? { ...gpu.freeBytes, value: Math.max(0, gpuTotalBytes - used) } : gpu.freeBytes,
        isUnified: corrected(gpuIsUnified, gpu.isUnified),
        bandwidthBytesPerSecond: correctedOrNull(gpuBandwidthBytesPerSecond, gpu.bandwidthBytesPerSecond),
    };
}

/** The machine with the reader's values in place of detected ones. A question that was answered is no doubt any more. */
export function applyCorrections(machine: Machine, corrections: Corrections): Machine {
    const answered = new Set<string>();
    if (corrections.gpuIsUnified !== null && corrections.gpuIsUnified !== undefined) answered.add("shared-memory");
    if (corrections.gpuBandwidthBytesPerSecond) answered.add("card-not-in-table");
    if (corrections.memoryTotalBytes) answered.add("container-limit");
    const totalBytes = corrected(corrections.memoryTotalBytes, machine.memory.totalBytes);
    return {
        ...machine,
        cpu: { ...machine.cpu, physicalCores: corrected(corrections.cpuPhysicalCores, machine.cpu.physicalCores) },
        memory: {
            ...machine.memory,
            totalBytes,
            freeBytes: {
                ...machine.memory.freeBytes,
                value: Math.min(machine.memory.freeBytes.value, totalBytes.value),
            },
            bandwidthBytesPerSecond: correctedOrNull(
                corrections.memoryBandwidthBytesPerSecond,
                machine.memory.bandwidthBytesPerSecond,
            ),
        },
        gpus: machine.gpus.map((gpu) => correctGpu(gpu, corrections)),
        threads: corrected(corrections.threads, machine.threads),
        doubts: machine.doubts.filter(({ kind }) => !answered.has(kind)),
    };
}
