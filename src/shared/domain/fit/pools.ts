import type { Gpu, Machine } from "../../schema/machine.ts";
import type { MemoryPart, MemoryPool } from "../../schema/verdict.ts";
import { sumParts } from "./estimate.ts";

const GiB = 2 ** 30;
/** What is left alone in graphics memory: fit/README.md section 9. */
export function gpuReserveBytes({ totalBytes, freeBytes, drivesDisplay }: Gpu): number {
    const base = Math.max(GiB / 2, totalBytes.value * 0.05);
    const isFreshDisplay = drivesDisplay.value && totalBytes.value - freeBytes.value < GiB;
    return base + (isFreshDisplay ? GiB : 0);
}

/** What is left alone in main memory. */
export const mainReserveBytes = (totalBytes: number): number => Math.max(GiB, totalBytes / 10);

/** The card that is used: the first; several cards come with the fit checker. */
export const usedGpu = (machine: Machine): Gpu | null => machine.gpus[0] ?? null;

function pool(
    name: "gpu" | "main",
    totalBytes: number,
    freeBytes: number,
    reserveBytes: number,
    parts: MemoryPart[],
): MemoryPool {
    const usableBytes = Math.max(0, freeBytes - reserveBytes);
    return { pool: name, totalBytes, freeBytes, reserveBytes, usableBytes, needBytes: sumParts(parts), parts };
}

/** Adds up parts of one name, where both memories are one. */
function mergeParts(parts: MemoryPart[]): MemoryPart[] {
    const byName = new Map<string, MemoryPart>();
    for (const part of parts) {
        const known = byName.get(part.part);
        byName.set(part.part, known ? { ...known, bytes: known.bytes + part.bytes } : part);
    }
    return [...byName.values()];
}

/** Memories that would be used, fastest first. */
export function poolsFor(machine: Machine, gpu: MemoryPart[], main: MemoryPart[]): MemoryPool[] {
    const card = usedGpu(machine);
    const { totalBytes, freeBytes } = machine.memory;
    const mainReserve = mainReserveBytes(totalBytes.value);
    if (!card || gpu.length === 0) return [pool("main", totalBytes.value, freeBytes.value, mainReserve, main)];
    // Unified: one pool for both, which the card may not use beyond its own limit.
    if (card.isUnified.value)
        return [pool("main", totalBytes.value, freeBytes.value, mainReserve, mergeParts([...gpu, ...main]))];
    return [
        pool("gpu", card.totalBytes.value, card.freeBytes.value, gpuReserveBytes(card), gpu),
        pool("main", totalBytes.value, freeBytes.value, mainReserve, main),
    ];
}
