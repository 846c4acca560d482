import { readFileSync } from "node:fs";

/** Resident set of a process in bytes; null where the system does not tell (only Linux has /proc). */
export function readResidentBytes(pid: number | undefined): number | null {
    if (process.platform !== "linux" || pid === undefined) return null;
    try {
        const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
        return kibibytes === undefined ? null : Number(kibibytes) * 1024;
    } catch {
        return null;
    }
}
