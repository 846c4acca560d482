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
    cores: (n: number) => `, ${count(n, "core", "cores").replace(" ", "\u00a0")}`,
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
    gpuBandwidthGigabytes: "Graphics memory speed, GB a second",
    /** In an empty field, 12 characters. */
    unknownYet: "not known",
    save: "Use these values",
    saving: "Taking them over...",
    putBack: "Put all of ours back",
    outOfRange: (least: number, most: number) => `Between ${least} and ${most}.`,
    /** In place, beside a value of the reader's, 20 characters. */
    putOursBack: "Put ours back",
    putOursBackOf: (fact: string) => `Put ours back: ${fact}`,
    /** After a correction, a line a value, with Undo. */
    changed: {
        memoryTotalBytes: (bytes: number) => `Main memory is ${memory(bytes)} now, as you say.`,
        cpuPhysicalCores: (n: number) => `The processor has ${count(n, "core", "cores")} now, as you say.`,
        memoryBandwidthBytesPerSecond: (perSecond: number) =>
            `Memory reads ${formatBandwidth(perSecond, locale)} a second now, as you say.`,
        gpuTotalBytes: (bytes: number) => `Graphics memory is ${memory(bytes)} now, as you say.`,
        gpuBandwidthBytesPerSecond: (perSecond: number) =>
            `Graphics memory reads ${formatBandwidth(perSecond, locale)} a second now, as you say.`,
        gpuIsUnified: (isShared: boolean) =>
            isShared
                ? "Graphics share main memory, as you say."
                : "The graphics card has memory of its own, as you say.",
    },
    putBackDone: {
        memoryTotalBytes: "Our figure for main memory is back.",
        cpuPhysicalCores: "Our figure for the processor is back.",
        memoryBandwidthBytesPerSecond: "Our figure for the memory's speed is back.",
        gpuTotalBytes: "Our figure for graphics memory is back.",
        gpuBandwidthBytesPerSecond: "Our figure for the graphics memory's speed is back.",
        gpuIsUnified: "Our reading of the graphics memory is back.",
    },
    undo: "Undo",
    undoOf: (line: string) => `Undo: ${line}`,
};
