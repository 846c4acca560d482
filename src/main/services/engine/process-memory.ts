import { readFileSync } from "node:fs";

/** Memory of a process, in bytes. */
export type ProcessMemory = {
    /** All that is resident, with the pages of mapped files. */
    residentBytes: number;
    /**
     * What only its end gives back: its own and its shared memory. The pages of a mapped model file are not in it: the
     * kernel takes them back by itself, and MemAvailable counts them as free already.
     */
    privateBytes: number;
};

/** Null where the system does not tell (only Linux has /proc), or the process is gone. */
export function readProcessMemory(pid: number | undefined): ProcessMemory | null {
    if (process.platform !== "linux" || pid === undefined) return null;
    try {
        return parseProcessStatus(readFileSync(`/proc/${pid}/status`, "utf8"));
    } catch {
        return null;
    }
}

/** The text of /proc/<pid>/status; null for a process that has ended and is not yet reaped: it has no such lines. */
export function parseProcessStatus(text: string): ProcessMemory | null {
    const read = (name: string): number | null => {
        const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(text)?.[1];
        return kibibytes === undefined ? null : Number(kibibytes) * 1024;
    };
    const residentBytes = read("VmRSS");
    if (residentBytes === null) return null;
    // Kernels before 4.5 do not tell them apart; then nothing counts as given back, which errs to the safe side.
    return { residentBytes, privateBytes: (read("RssAnon") ?? 0) + (read("RssShmem") ?? 0) };
}
