import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import os from "node:os";
import path from "node:path";
import { z } from "zod";

/** After this, whoever was breaking a stale lock was ended while it did so. */
const BREAKING_MILLISECONDS = 2000;

const Holder = z.object({ pid: z.number().int().positive(), started: z.string().max(100) });
type Holder = z.infer<typeof Holder>;

export type Lock = { release(): void };

/** When a process began, as its system says it; "" where it is gone. With the pid it is a name that is never used twice. */
function startOf(pid: number): string {
    try {
        // The 22nd field; the second is a name in brackets that may hold spaces.
        if (process.platform === "linux")
            return readFileSync(`/proc/${pid}/stat`, "utf8").split(")").at(-1)?.split(" ")[20] ?? "";
        return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
    } catch {
        return "";
    }
}

function readHolder(file: string): Holder | null {
    try {
        return Holder.parse(JSON.parse(readFileSync(file, "utf8")));
    } catch {
        return null;
    }
}

const isAlive = (holder: Holder | null): boolean => holder !== null && startOf(holder.pid) === holder.started;

/**
 * Takes the lock of a profile: a file with pid and start time, made whole by one link(2), so that of many starts one
 * has it. A lock whose process is gone is broken. Null where a living process has it, or another start is breaking it.
 */
export function takeLock(folder: string): Lock | null {
    try {
        return takeLockIn(folder);
    } catch (error) {
        // A full or read-only disk must not keep the chats from being read: the lock then lies in the system's own
        // folder for passing files, under a name of this user and this profile.
        if (!["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM"].includes(String((error as NodeJS.ErrnoException).code)))
            throw error;
        const name = createHash("sha256").update(path.resolve(folder)).digest("hex").slice(0, 16);
        const elsewhere = path.join(os.tmpdir(), `hearth-${process.getuid?.() ?? 0}-${name}`);
        mkdirSync(elsewhere, { recursive: true, mode: 0o700 });
        if (process.getuid && statSync(elsewhere).uid !== process.getuid()) throw error;
        return takeLockIn(elsewhere);
    }
}

function takeLockIn(folder: string): Lock | null {
    const file = path.join(folder, "lock.json");
    const own = path.join(folder, `lock.${process.pid}.${performance.now().toString(36)}`);
    writeFileSync(own, JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Holder), {
        mode: 0o600,
    });
    try {
        if (!isAlive(readHolder(file)) && !breakLock(file)) return null;
        linkSync(own, file);
        return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EEXIST") return null;
        throw error;
    } finally {
        rmSync(own, { force: true });
    }
}

/** Removes a stale lock. One start at a time may look and remove; otherwise the second would remove the first one's new lock. */
function breakLock(file: string): boolean {
    const breaking = `${file}.breaking`;
    try {
        mkdirSync(breaking);
    } catch {
        const age = Date.now() - (statSync(breaking, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
        if (age > BREAKING_MILLISECONDS) rmdirSync(breaking);
        return false;
    }
    try {
        if (isAlive(readHolder(file))) return false;
        rmSync(file, { force: true });
        return true;
    } finally {
        rmdirSync(breaking);
    }
}
