import { DatabaseSync, type SQLInputValue } from "node:sqlite";

/** SQLite below this can lose a write-ahead log that two connections race for (sqlite.org/wal.html#walresetbug). */
const LEAST_VERSION = [3, 51, 3] as const;

export type Row = Record<string, unknown>;

/** The one SQLite connection that writes. The only importer of node:sqlite. */
export type Database = {
    run(sql: string, ...values: SQLInputValue[]): { changes: number; lastRowId: number };
    one(sql: string, ...values: SQLInputValue[]): Row | undefined;
    all(sql: string, ...values: SQLInputValue[]): Row[];
    exec(sql: string): void;
    /** All or nothing; nested calls join the outer one. */
    transaction<Result>(work: () => Result): Result;
    close(): void;
};

/**
 * Opens a file (or ":memory:") with the durability that messages need: WAL and a full sync at every commit. `isAlone` keeps
 * the index of the log in memory instead of in a file, for a disk that has no room for one.
 */
export function openDatabase(file: string, { isAlone = false } = {}): Database {
    const database = new DatabaseSync(file, { timeout: 5000 });
    try {
        if (isAlone) database.exec("pragma locking_mode = exclusive;");
        requireVersion(String(database.prepare("select sqlite_version() as version").get()?.["version"]));
        database.exec(
            "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma mmap_size = 0;",
        );
        database.exec("pragma journal_size_limit = 67108864; pragma trusted_schema = off;");
    } catch (error) {
        database.close();
        throw error;
    }
    const statements = new Map<string, ReturnType<DatabaseSync["prepare"]>>();
    const prepare = (sql: string) => {
        const known = statements.get(sql);
        if (known) return known;
        const made = database.prepare(sql);
        statements.set(sql, made);
        return made;
    };
    let depth = 0;
    return {
        run(sql, ...values) {
            const { changes, lastInsertRowid } = prepare(sql).run(...values);
            return { changes: Number(changes), lastRowId: Number(lastInsertRowid) };
        },
        one: (sql, ...values) => prepare(sql).get(...values),
        all: (sql, ...values) => prepare(sql).all(...values),
        exec: (sql) => database.exec(sql),
        transaction(work) {
            if (depth > 0) return work();
            database.exec("begin immediate");
            depth = 1;
            try {
                const result = work();
                database.exec("commit");
                return result;
            } catch (error) {
                if (database.isTransaction) database.exec("rollback");
                throw error;
            } finally {
                depth = 0;
            }
        },
        close() {
            statements.clear();
            database.close();
        },
    };
}

/** SQLite's primary result code of what was thrown, or null for what it did not throw (sqlite.org/rescode.html). */
export function resultCode(error: unknown): number | null {
    const code = error instanceof Error && "errcode" in error ? error.errcode : null;
    return typeof code === "number" ? code & 0xff : null;
}

function requireVersion(version: string): void {
    const parts = version.split(".").map(Number);
    for (const [index, least] of LEAST_VERSION.entries()) {
        const part = parts[index] ?? 0;
        if (part > least) return;
        if (part < least) throw new Error(`SQLite ${version} is older than ${LEAST_VERSION.join(".")}`);
    }
}
