import { readFileSync } from "node:fs";
import path from "node:path";
import { parseOwnGroup } from "../hardware/container.ts";

type Places = { root: string; ownGroups: string; vmstat: string };
const places: Places = { root: "/sys/fs/cgroup", ownGroups: "/proc/self/cgroup", vmstat: "/proc/vmstat" };

const readText = (file: string): string | null => {
    try {
        return readFileSync(file, "utf8");
    } catch {
        return null;
    }
};
/** `oom_kill 3`, as memory.events, memory.oom_control and vmstat all write it. */
const parseKills = (text: string | null): number | null => {
    const count = /^oom_kill (\d+)$/m.exec(text ?? "")?.[1];
    return count === undefined ? null : Number(count);
};

/**
 * How many processes the kernel has ended for lack of memory: of the control group of this process and its children
 * (version 2, else 1), which counts the whole system's shortage too; without one, of the system. Null outside Linux.
 */
export function countOutOfMemoryKills({ root, ownGroups, vmstat }: Places = places): number | null {
    const groups = readText(ownGroups);
    const inGroup = (controller: "" | "memory", file: string) =>
        parseKills(readText(path.join(root, controller, parseOwnGroup(groups, controller), file)));
    return inGroup("", "memory.events") ?? inGroup("memory", "memory.oom_control") ?? parseKills(readText(vmstat));
}

/** Begins to count; the result tells how many since. Null: this system does not tell. */
export function watchOutOfMemoryKills(count: () => number | null = countOutOfMemoryKills): () => number | null {
    const before = count();
    return () => {
        const now = count();
        return before === null || now === null ? null : now - before;
    };
}
