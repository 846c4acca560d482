import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { isOwn, openRuntimeFolder, runtimeFolder } from "./runtime-folder.ts";

/** After this, whoever was breaking a stale lock was ended while it did so. */
const BREAKING_MILLISECONDS = 2000;
const FILE_NAME = "lock.json";
const refusals = ["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM"];

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

/** The living process that holds a lock file; null where there is none. */
function readHolder(file: string): Holder | null {
    try {
        const holder = Holder.parse(JSON.parse(readFileSync(file, "utf8")));
        return startOf(holder.pid) === holder.started ? holder : null;
    } catch {
        return null;
    }
}

/** The process that has a profile, wherever its lock lies; null where none has it. */
export function findOwnerPid(dataFolder: string): number | null {
    const elsewhere = runtimeFolder(dataFolder);
    const places = isOwn(elsewhere) ? [dataFolder, elsewhere] : [dataFolder];
    for (const place of places) {
        const holder = readHolder(path.join(place, FILE_NAME));
        if (holder) return holder.pid;
    }
    return null;
}

/**
 * Takes the lock of a profile: a file with pid and start time, made whole by one link(2), so that of many starts one
 * has it. A lock whose process is gone is broken. Null where a living process has it, or another start is breaking it.
 */
export function takeLock(dataFolder: string): Lock | null {
    // In either place: a disk that was full or read-only at one start need not be so at the next.
    if (findOwnerPid(dataFolder) !== null) return null;
    try {
        return takeLockIn(dataFolder);
    } catch (error) {
        // A full or read-only disk must not keep the chats from being read.
        if (!refusals.includes(String((error as NodeJS.ErrnoException).code))) throw error;
        const elsewhere = openRuntimeFolder(dataFolder);
        if (elsewhere === null) throw error;
        return takeLockIn(elsewhere);
    }
}

function takeLockIn(folder: string): Lock | null {
    const file = path.join(folder, FILE_NAME);
    const own = path.join(folder, `lock.${process.pid}.${performance.now().toString(36)}`);
    try {
        writeFileSync(own, JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Holder), {
            mode: 0o600,
        });
        if (!breakLock(file)) return null;
        linkSync(own, file);
        return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EEXIST") return null;
        throw error;
    } finally {
        rmSync(own, { force: true });
    }
}

/**
 * Removes a stale lock; false where the lock is held, or another start is at it. One at a time may look and remove: otherwise
 * the second would remove the first one's new lock.
 */
function breakLock(file: string): boolean {
    if (!statSync(file, { throwIfNoEntry: false })) return true;
    const breaking = `${file}.breaking`;
    try {
        mkdirSync(breaking);
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
        const age = Date.now() - (statSync(breaking, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
        if (age > BREAKING_MILLISECONDS) removeFolder(breaking);
        return false;
    }
    try {
        if (readHolder(file)) return false;
        rmSync(file, { force: true });
        return true;
    } finally {
        removeFolder(breaking);
    }
}

/** Another start may be removing it too. */
function removeFolder(folder: string): void {
    try {
        rmdirSync(folder);
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
}
