import { readdirSync, readFileSync } from "node:fs";

/** The engine among the processes that the host started; Linux only. */
export function findEngine(hostPid: number): number | undefined {
    for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
        try {
            const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, "utf8"))?.[1];
            const isEngine = readFileSync(`/proc/${name}/cmdline`, "utf8").includes("engine.js");
            const isEnded = readFileSync(`/proc/${name}/stat`, "utf8").includes(") Z ");
            if (Number(parent) === hostPid && isEngine && !isEnded) return Number(name);
        } catch {
            // It ended while we looked.
        }
    }
    return undefined;
}
