import { readFile } from "node:fs/promises";

export type ContainerLimits = {
    memoryLimitBytes: number | null;
    memoryUsedBytes: number | null;
    cpuLimit: number | null;
};

const readText = (file: string): Promise<string | null> =>
    readFile(file, "utf8").then(
        (text) => text.trim(),
        () => null,
    );

/** "max", or a count of bytes so large that it means none, is no limit. */
export function parseLimit(text: string | null): number | null {
    const value = Number(text ?? "max");
    return Number.isFinite(value) && value > 0 && value < 2 ** 60 ? value : null;
}

/** "200000 100000" is two processors' worth; "max 100000" none. */
export function parseCpuMax(text: string | null): number | null {
    const [quota, period] = (text ?? "max").split(/\s+/).map(Number);
    return quota && period && Number.isFinite(quota) && Number.isFinite(period) && quota > 0 && period > 0
        ? quota / period
        : null;
}

/** Limits that a container sets, by cgroup version 2, else 1. All null outside Linux and without limits. */
export async function readContainerLimits(root = "/sys/fs/cgroup"): Promise<ContainerLimits> {
    const [max, current, cpu] = await Promise.all([
        readText(`${root}/memory.max`),
        readText(`${root}/memory.current`),
        readText(`${root}/cpu.max`),
    ]);
    if (max !== null || cpu !== null)
        return { memoryLimitBytes: parseLimit(max), memoryUsedBytes: parseLimit(current), cpuLimit: parseCpuMax(cpu) };
    const [limit, usage, quota, period] = await Promise.all([
        readText(`${root}/memory/memory.limit_in_bytes`),
        readText(`${root}/memory/memory.usage_in_bytes`),
        readText(`${root}/cpu/cpu.cfs_quota_us`),
        readText(`${root}/cpu/cpu.cfs_period_us`),
    ]);
    return {
        memoryLimitBytes: parseLimit(limit),
        memoryUsedBytes: parseLimit(usage),
        cpuLimit: quota === null || Number(quota) <= 0 ? null : parseCpuMax(`${quota} ${period}`),
    };
}
