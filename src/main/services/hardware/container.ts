import { readFile } from "node:fs/promises";
import path from "node:path";

export type ContainerLimits = {
    memoryLimitBytes: number | null;
    /** What counts against the limit and cannot be dropped: without the pages of files, which the kernel takes back. */
    memoryUsedBytes: number | null;
    /** Processors' worth of time. */
    cpuLimit: number | null;
};

/** One level of the tree of control groups, as read: null where a file is not there. */
type Level = { limit: string | null; usage: string | null; stat: string | null; cpu: string | null };

const readText = (file: string): Promise<string | null> =>
    readFile(file, "utf8").then(
        (text) => text.trim(),
        () => null,
    );

/** "max", or a count of bytes so large that it means none, is no limit. */
export function parseLimit(text: string | null): number | null {
    const value = Number(text === null || text === "" ? "max" : text);
    return Number.isSafeInteger(value) && value > 0 && value < 2 ** 52 ? value : null;
}

/** "200000 100000" is two processors' worth; "max 100000" and "-1 100000" none. */
export function parseCpuMax(text: string | null): number | null {
    const [quota, period] = (text ?? "max").split(/\s+/).map(Number);
    return quota && period && Number.isFinite(quota) && Number.isFinite(period) && quota > 0 && period > 0
        ? quota / period
        : null;
}

/**
 * Pages of files: `inactive_file` and `active_file` (version 2), with `total_` before them for a group and those below it
 * (version 1). A model file that was read is among the active ones; MemAvailable of the host counts both kinds as free too.
 */
export function parseFilePages(stat: string | null): number {
    const read = (name: string): number | null => {
        const value = new RegExp(`^${name} (\\d+)$`, "m").exec(stat ?? "")?.[1];
        return value === undefined ? null : Number(value);
    };
    const pages = (kind: string) => read(`total_${kind}`) ?? read(kind) ?? 0;
    return pages("inactive_file") + pages("active_file");
}

/** The folders of this process in /proc/self/cgroup: version 2's (`0::/a/b`) and version 1's of one controller. */
export function parseOwnGroup(text: string | null, controller: "" | "memory" | "cpu"): string {
    for (const line of (text ?? "").split("\n")) {
        const [, controllers, ...rest] = line.split(":");
        if (controllers?.split(",").includes(controller)) return rest.join(":");
    }
    return "/";
}

/** A group and all above it, the root last: the tightest of their limits holds. */
export function groupsUpwards(group: string): string[] {
    const parts = path.posix
        .normalize(`/${group}`)
        .split("/")
        .filter((part) => part !== "");
    return Array.from({ length: parts.length + 1 }, (_, index) => parts.slice(0, parts.length - index).join("/"));
}

/** The tightest limit of all levels, and the use of the level that sets it. */
export function joinLevels(levels: readonly Level[]): ContainerLimits {
    const joined: ContainerLimits = { memoryLimitBytes: null, memoryUsedBytes: null, cpuLimit: null };
    for (const { limit, usage, stat, cpu } of levels) {
        const memoryLimitBytes = parseLimit(limit);
        if (memoryLimitBytes !== null && memoryLimitBytes < (joined.memoryLimitBytes ?? Infinity)) {
            joined.memoryLimitBytes = memoryLimitBytes;
            const used = parseLimit(usage);
            joined.memoryUsedBytes = used === null ? null : Math.max(0, used - parseFilePages(stat));
        }
        const cpuLimit = parseCpuMax(cpu);
        if (cpuLimit !== null && cpuLimit < (joined.cpuLimit ?? Infinity)) joined.cpuLimit = cpuLimit;
    }
    return joined;
}

/** Limits of the control groups this process is in, version 2 or 1. All null outside Linux and without limits. */
export async function readContainerLimits({
    root = "/sys/fs/cgroup",
    ownGroups = "/proc/self/cgroup",
}: { root?: string; ownGroups?: string } = {}): Promise<ContainerLimits> {
    const groups = await readText(ownGroups);
    if (groups === null) return joinLevels([]);
    const inGroup = (controller: string, group: string, file: string) =>
        readText(path.join(root, controller, group, file));
    const unified = groupsUpwards(parseOwnGroup(groups, "")).map(async (group) => ({
        limit: await inGroup("", group, "memory.max"),
        usage: await inGroup("", group, "memory.current"),
        stat: await inGroup("", group, "memory.stat"),
        cpu: await inGroup("", group, "cpu.max"),
    }));
    const memory = groupsUpwards(parseOwnGroup(groups, "memory")).map(async (group) => ({
        limit: await inGroup("memory", group, "memory.limit_in_bytes"),
        usage: await inGroup("memory", group, "memory.usage_in_bytes"),
        stat: await inGroup("memory", group, "memory.stat"),
        cpu: null,
    }));
    const cpu = groupsUpwards(parseOwnGroup(groups, "cpu")).map(async (group) => ({
        limit: null,
        usage: null,
        stat: null,
        cpu: `${await inGroup("cpu", group, "cpu.cfs_quota_us")} ${await inGroup("cpu", group, "cpu.cfs_period_us")}`,
    }));
    return joinLevels(await Promise.all([...unified, ...memory, ...cpu]));
}
