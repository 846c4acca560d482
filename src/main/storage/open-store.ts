import { chmodSync, existsSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { Failed, type Failure } from "#shared/schema/failure.ts";
import { leaveCleanMark, takeCleanMark } from "./clean-mark.ts";
import { makeFolder } from "../make-folder.ts";
import { type Database, openDatabase } from "./driver.ts";
import { DamagedDatabase, isDamage, isFull } from "./faults.ts";
import { migrate } from "./migrate.ts";
import { salvage } from "./salvage.ts";

const FILE_NAME = "hearth.db";
const sidecars = ["", "-wal", "-shm"];
type Opened = { database: Database; notices: Failure[] };

/**
 * Opens the database of a profile, whatever state it is in, and says what happened; never throws. A damaged file is kept
 * under another name and what can be read is carried over. A newer one is left alone. A folder that cannot be written is
 * read into memory, so that its chats are there to look at.
 */
export function openStore(folder: string, now: Date): Opened {
    const file = path.join(folder, FILE_NAME);
    try {
        makeFolder(folder);
        return { database: openOrCreate(file), notices: [] };
    } catch (error) {
        if (error instanceof Failed) return { database: openInMemory(null), notices: [error.failure] };
        if (isFull(error)) return openOnFullDisk(file);
        if (isDamage(error) || isFolder(file)) return setAside(file, now);
        // Whatever else keeps the file closed, it is not proven damaged: it stays where it is.
        return { database: openInMemory(file), notices: [{ code: "READ_ONLY", data: { what: "data" } }] };
    }
}

function openOrCreate(file: string): Database {
    if (!existsSync(file)) {
        // Ended between the two renames of `setAside`: the rescued chats have their place still to take.
        if (existsSync(rescuedOf(file))) renameSync(rescuedOf(file), file);
        else create(file);
    }
    return openChecked(file, false);
}

/** Made under another name first: a database without tables under its own name is then always damage, never a half start. */
function create(file: string): void {
    const fresh = `${file}.new`;
    fillAnew(fresh, () => undefined);
    // A log without its database is from a file that is gone; SQLite would replay it into the fresh one.
    for (const suffix of ["-wal", "-shm"])
        if (existsSync(file + suffix)) renameSync(file + suffix, `${file}.orphan${suffix}`);
    renameSync(fresh, file);
}

/** A file with our tables and what `fill` puts in, closed. */
function fillAnew(file: string, fill: (database: Database) => void): void {
    for (const suffix of sidecars) rmSync(file + suffix, { force: true });
    const database = openDatabase(file);
    try {
        migrate(database, null);
        fill(database);
    } finally {
        database.close();
    }
}

function openChecked(file: string, isAlone: boolean): Database {
    // SQLite takes an empty file for a new database.
    if (statSync(file).size === 0) throw new DamagedDatabase();
    // Before it is opened: SQLite takes a file that only reads for one that must not be written.
    makePrivate(file);
    const isClean = takeCleanMark(file);
    const database = openDatabase(file, { isAlone });
    try {
        if (!isClean && database.one("pragma quick_check(1)")?.["quick_check"] !== "ok") throw new DamagedDatabase();
        // Ours has had its first migration before it got its name.
        if (database.one("pragma user_version")?.["user_version"] === 0) throw new DamagedDatabase();
        migrate(database, file);
        return {
            ...database,
            close() {
                database.close();
                leaveCleanMark(file);
            },
        };
    } catch (error) {
        database.close();
        throw error;
    }
}

function makePrivate(file: string): void {
    try {
        chmodSync(file, 0o600);
    } catch {
        // Not ours, a disk that keeps no modes, or one that is read-only: opening it will tell.
    }
}

/** Chats are readable, and what cannot be written fails with DISK_FULL until there is room; memory if that fails too. */
function openOnFullDisk(file: string): Opened {
    const notices: Failure[] = [{ code: "DISK_FULL", data: { neededBytes: null, freeBytes: null } }];
    try {
        return { database: openChecked(file, true), notices };
    } catch {
        return { database: openInMemory(file), notices };
    }
}

const rescuedOf = (file: string): string => `${file}.rescued`;

/**
 * Keeps the damaged file, and puts a fresh one with all that can still be read in its place. In this order: while the
 * rescue is not whole, the damaged file stays where it is, and the next start tries again.
 */
function setAside(file: string, now: Date): Opened {
    const keptAs = `${FILE_NAME}.bad-${now.toISOString().replaceAll(/[:.]/g, "-")}`;
    const kept = path.join(path.dirname(file), keptAs);
    const rescued = rescuedOf(file);
    try {
        fillAnew(rescued, (database) => salvage(database, file));
        for (const suffix of sidecars) if (existsSync(file + suffix)) renameSync(file + suffix, kept + suffix);
        renameSync(rescued, file);
        return { database: openOrCreate(file), notices: [{ code: "DATABASE_DAMAGED", data: { keptAs } }] };
    } catch (error) {
        const why: Failure = isFull(error)
            ? { code: "DISK_FULL", data: { neededBytes: null, freeBytes: null } }
            : { code: "READ_ONLY", data: { what: "data" } };
        const readable = existsSync(kept) ? kept : file;
        return {
            database: openInMemory(readable),
            notices: [{ code: "DATABASE_DAMAGED", data: { keptAs: path.basename(readable) } }, why],
        };
    }
}

function openInMemory(file: string | null): Database {
    const database = openDatabase(":memory:");
    migrate(database, null);
    try {
        if (file !== null && existsSync(file)) salvage(database, file);
    } catch {
        // No room for a copy anywhere: the file stays as it is, and this run is without its chats.
    }
    return database;
}

const isFolder = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
