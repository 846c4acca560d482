import si from "systeminformation";
import { readContainerLimits } from "./container.ts";

export type MainMemory = { totalBytes: number; freeBytes: number; hostTotalBytes: number };

/**
 * Main memory that a program can have: available, not merely free (MemAvailable on Linux), and never more than a container
 * leaves.
 */
export async function readMainMemory(): Promise<MainMemory> {
    const [{ total, available }, { memoryLimitBytes, memoryUsedBytes }] = await Promise.all([
        si.mem(),
        readContainerLimits(),
    ]);
    if (memoryLimitBytes === null || memoryLimitBytes >= total)
        return { totalBytes: total, freeBytes: available, hostTotalBytes: total };
    const left = Math.max(0, memoryLimitBytes - (memoryUsedBytes ?? 0));
    return { totalBytes: memoryLimitBytes, freeBytes: Math.min(available, left), hostTotalBytes: total };
}
