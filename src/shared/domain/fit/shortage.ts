import type { MemoryPool } from "../../schema/verdict.ts";

/** The memory that lacks most, in bytes. */
export type Shortage = { memory: MemoryPool["pool"]; neededBytes: number; freeBytes: number };

/**
 * The load guard's rule: refuses what needs more of a memory than is free in it; null: it fits. What runs already (`standing`)
 * has shown that it fits, so what needs no more of a memory than it is never refused for that memory.
 */
export function findShortage(pools: MemoryPool[], standing: MemoryPool[] = []): Shortage | null {
    const proven = (name: MemoryPool["pool"]): number => standing.find(({ pool }) => pool === name)?.needBytes ?? 0;
    const short = pools.filter(({ pool, needBytes, freeBytes }) => needBytes > Math.max(freeBytes, proven(pool)));
    const worst = short.toSorted((a, b) => b.needBytes - b.freeBytes - (a.needBytes - a.freeBytes))[0];
    return worst ? { memory: worst.pool, neededBytes: worst.needBytes, freeBytes: worst.freeBytes } : null;
}
