import { chmodSync, existsSync, mkdirSync, renameSync } from "node:fs";
import path from "node:path";
import { Failed, type Failure } from "#shared/schema/failure.ts";
import { type Database, openDatabase } from "./driver.ts";
import { migrate } from "./migrate.ts";
import { salvage } from "./salvage.ts";

const FILE_NAME = "hearth.db";
const sidecars = ["", "-wal", "-shm"];

/**
 * Opens the database of a profile, whatever state it is in, and says what happened. A damaged file is kept under another
 * name and what can be read is carried over; a newer one, or a folder that cannot be written, is left alone and this run
 * keeps its chats in memory.
 */
export function openStore(folder: string, now: Date): { database: Database; notices: Failure[] } {
    const file = path.join(folder, FILE_NAME);
    try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const existed = existsSync(file);
        const database = openChecked(file, existed);
        chmodSync(file, 0o600);
        return { database, notices: [] };
    } catch (error) {
        if (error instanceof Failed) return { database: openInMemory(), notices: [error.failure] };
        if (isReadOnly(error))
            return { database: openInMemory(), notices: [{ code: "READ_ONLY", data: { what: "data" } }] };
        if (isFull(error))
            return {
                database: openInMemory(),
                notices: [{ code: "DISK_FULL", data: { neededBytes: null, freeBytes: null } }],
            };
        return setAside(file, now);
    }
}

function openChecked(file: string, existed: boolean): Database {
    const database = openDatabase(file);
    try {
        if (existed) {
            const verdict = database.one("pragma quick_check(1)")?.["quick_check"];
            if (verdict !== "ok") throw new Error("the database is damaged");
        }
        migrate(database, file);
        return database;
    } catch (error) {
        database.close();
        throw error;
    }
}

/** Keeps the damaged file, starts a fresh one and carries over what can still be read. */
function setAside(file: string, now: Date): { database: Database; notices: Failure[] } {
    const keptAs = `${FILE_NAME}.bad-${now.toISOString().replaceAll(/[:.]/g, "-")}`;
    const kept = path.join(path.dirname(file), keptAs);
    for (const suffix of sidecars) if (existsSync(file + suffix)) renameSync(file + suffix, kept + suffix);
    const database = openChecked(file, false);
    chmodSync(file, 0o600);
    salvage(database, kept);
    return { database, notices: [{ code: "DATABASE_DAMAGED", data: { keptAs } }] };
}

function openInMemory(): Database {
    const database = openDatabase(":memory:");
    migrate(database, null);
    return database;
}

const codeOf = (error: unknown): string => {
    const { code, errcode, message } = error as { code?: unknown; errcode?: unknown; message?: unknown };
    return `${String(code)} ${String(errcode)} ${String(message)}`;
};

export const isFull = (error: unknown): boolean => /ENOSPC|EDQUOT|database or disk is full|\b13\b/.test(codeOf(error));
export const isReadOnly = (error: unknown): boolean =>
    /EROFS|EACCES|EPERM|readonly database|unable to open database file/.test(codeOf(error));
