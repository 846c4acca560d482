import type { Machine } from "#shared/schema/machine.ts";

export type FastMemory = { where: "card" | "shared" | "memory"; freeBytes: number; totalBytes: number };

/** The memory a model has to fit in to run well: the card's, the shared pool, or main memory. Bytes. */
export function fastMemoryOf({ gpus, memory }: Machine): FastMemory {
    const card = gpus[0];
    if (card && !card.isUnified.value)
        return { where: "card", freeBytes: card.freeBytes.value, totalBytes: card.totalBytes.value };
    return {
        where: card ? "shared" : "memory",
        freeBytes: memory.freeBytes.value,
        totalBytes: memory.totalBytes.value,
    };
}
