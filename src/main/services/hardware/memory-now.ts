import si from "systeminformation";
import { type ContainerLimits, readContainerLimits } from "./container.ts";

export type MainMemory = { totalBytes: number; freeBytes: number; hostTotalBytes: number };

/** The host's memory within a limit; a limit at or above the host's is none. */
export function limitMemory(
    { total, available }: { total: number; available: number },
    { memoryLimitBytes, memoryUsedBytes }: ContainerLimits,
): MainMemory {
    const freeBytes = Math.min(total, Math.max(0, available));
    if (memoryLimitBytes === null || memoryLimitBytes >= total)
        return { totalBytes: total, freeBytes, hostTotalBytes: total };
    const left = Math.max(0, memoryLimitBytes - (memoryUsedBytes ?? 0));
    return { totalBytes: memoryLimitBytes, freeBytes: Math.min(freeBytes, left), hostTotalBytes: total };
}

/** Main memory that a program can have: available, not merely free (MemAvailable on Linux), and within the container. */
export async function readMainMemory(): Promise<MainMemory> {
    const [memory, limits] = await Promise.all([si.mem(), readContainerLimits()]);
    return limitMemory(memory, limits);
}
