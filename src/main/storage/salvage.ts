import {
    chmodSync,
    closeSync,
    copyFileSync,
    existsSync,
    fstatSync,
    mkdtempSync,
    openSync,
    readSync,
    rmSync,
    writeSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Database, openDatabase, resultCode, type Row } from "./driver.ts";
import { isFull } from "./faults.ts";

/** Tables in the order that foreign keys ask for, with the columns that are carried over. */
const tables = {
    chat: ["id", "title", "draft", "updated_sequence", "updated_at", "removed_at"],
    message: [
        "sequence",
        "id",
        "chat_id",
        "role",
        "text",
        "state",
        "created_at",
        "model_id",
        "model_name",
        "statistics",
        "failure",
        "predicted",
    ],
    measurement: ["sequence", "model_id", "body"],
} as const;
const SQLITE_ERROR = 1;
const SINGLE_STEPS = 200;

/**
 * Copies every row that can still be read from a file into a fresh database; what cannot be read is left out. The file
 * itself is not touched: SQLite works on a copy, because opening one with a write-ahead log changes it. Throws where a disk
 * is full: what has no room is not lost, and must not be taken for damage.
 */
export function salvage(target: Database, file: string): void {
    let refused: unknown;
    for (const parent of [path.dirname(file), os.tmpdir()]) {
        const scratch = makeScratch(parent);
        if (scratch === null) continue;
        try {
            const copy = copyInto(scratch, file);
            correctPageCount(copy);
            copyTables(copy, target);
            return;
        } catch (error) {
            if (!isFull(error)) return;
            refused = error;
        } finally {
            rmSync(scratch, { recursive: true, force: true });
        }
    }
    if (refused !== undefined) throw refused;
}

/** Null where nothing can be written: another place may do. */
function makeScratch(parent: string): string | null {
    try {
        return mkdtempSync(path.join(parent, "hearth-salvage-"));
    } catch {
        return null;
    }
}

function copyInto(scratch: string, file: string): string {
    const copy = path.join(scratch, "copy.db");
    for (const suffix of ["", "-wal"]) {
        if (!existsSync(file + suffix)) continue;
        copyFileSync(file + suffix, copy + suffix);
        chmodSync(copy + suffix, 0o600);
    }
    return copy;
}

function copyTables(copy: string, target: Database): void {
    const source = openDatabase(copy);
    try {
        target.transaction(() => {
            for (const [table, columns] of Object.entries(tables)) copyRows(source, target, table, columns);
        });
    } finally {
        source.close();
    }
}

function copyRows(source: Database, target: Database, table: string, known: readonly string[]): void {
    // A file of an earlier version lacks the newest columns.
    const found = new Set(source.all("select name from pragma_table_info(?)", table).map(({ name }) => name));
    const columns = known.filter((column) => found.has(column));
    if (columns.length === 0) return;
    const list = columns.join(", ");
    const marks = columns.map(() => "?").join(", ");
    for (const row of readRows(source, `select rowid as hearth_row, ${list} from ${table}`)) {
        try {
            if (table === "message") ensureChat(target, row);
            target.run(
                `insert or ignore into ${table} (${list}) values (${marks})`,
                ...columns.map((column) => row[column] as string | number | null),
            );
        } catch (error) {
            // A row that breaks a rule of the schema is part of the damage.
            if (isFull(error)) throw error;
        }
    }
}

/** A message whose chat was lost is shown in one that stands for it. */
function ensureChat(target: Database, message: Row): void {
    target.run(
        "insert or ignore into chat (id, title, updated_sequence, updated_at) values (?, 'Recovered chat', ?, ?)",
        message["chat_id"] as string,
        message["sequence"] as number,
        message["created_at"] as number,
    );
}

/**
 * Row after row by number. Where one cannot be read the numbers behind it are tried, singly at first and then in growing
 * steps, so that a damaged page hides little more than itself.
 */
function readRows(source: Database, sql: string): Row[] {
    const rows: Row[] = [];
    let last = 0;
    let misses = 0;
    while (last < Number.MAX_SAFE_INTEGER) {
        try {
            const row = source.one(`${sql} where rowid > ? order by rowid limit 1`, last);
            if (!row) return rows;
            rows.push(row);
            last = Number(row["hearth_row"]);
            misses = 0;
        } catch (error) {
            if (isFull(error)) throw error;
            // Without the table, or with another program's of that name, there is nothing to step over.
            if (resultCode(error) === SQLITE_ERROR) return rows;
            misses++;
            last += misses <= SINGLE_STEPS ? 1 : 2 ** (misses - SINGLE_STEPS);
        }
    }
    return rows;
}

/** A cut-off file says it has more pages than it has, and SQLite would then read none of them (fileformat2.html, 1.3.7). */
function correctPageCount(file: string): void {
    const descriptor = openSync(file, "r+");
    try {
        const header = Buffer.alloc(32);
        if (readSync(descriptor, header, 0, 32, 0) < 32) return;
        const stored = header.readUInt16BE(16);
        const pageBytes = stored === 1 ? 65_536 : stored;
        if (pageBytes < 512) return;
        const pages = Math.floor(fstatSync(descriptor).size / pageBytes);
        if (pages >= header.readUInt32BE(28)) return;
        header.writeUInt32BE(pages, 28);
        writeSync(descriptor, header, 28, 4, 28);
    } finally {
        closeSync(descriptor);
    }
}
