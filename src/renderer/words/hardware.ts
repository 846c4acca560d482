import { formatBandwidth, formatFileSize } from "#shared/domain/format/bytes.ts";
import { count, locale, memory } from "./figures.ts";

/** Facts about a computer, and the form that corrects them. */
export const hardwareWords = {
    facts: "What we found",
    gpu: "Graphics card",
    memory: "Main memory",
    cpu: "Processor",
    disk: "Disk",
    bandwidth: "Memory speed",
    noGpu: "None that helps; the processor does the work",
    gpuDetail: (totalBytes: number, freeBytes: number, isUnified: boolean) =>
        isUnified
            ? `, ${memory(totalBytes)} shared with main memory`
            : `, ${memory(totalBytes)}, ${memory(freeBytes)} free`,
    memoryTotal: (bytes: number) => memory(bytes),
    memoryFree: (bytes: number) => `, ${memory(bytes)} free`,
    cores: (n: number) => `, ${count(n, "core", "cores")}`,
    diskFree: (bytes: number) => formatFileSize(bytes, locale),
    free: " free",
    /** "38 GB a second". */
    perSecond: (bytesPerSecond: number) => `${formatBandwidth(bytesPerSecond, locale)} a second`,
    notYet: "not measured yet",
    correctTitle: "Correct what we found",
    correctWhy: "Your values are used in place of ours and marked. An empty field takes ours back.",
    memoryGigabytes: "Main memory, GB",
    physicalCores: "Processor cores",
    gpuGigabytes: "Graphics memory, GB",
    sharesMemory: "Graphics shares main memory",
    bandwidthGigabytes: "Memory speed, GB a second",
    save: "Use these values",
    saving: "Taking them over...",
    putBack: "Put all of ours back",
    outOfRange: (least: number, most: number) => `Between ${least} and ${most}.`,
    corrected: "Your values are in use.",
    undo: "Undo",
};
