import { type Database, openDatabase } from "./driver.ts";

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
    ],
    measurement: ["sequence", "model_id", "body"],
} as const;

/** Copies every row that can still be read from a damaged file into a fresh database; what cannot be read is left out. */
export function salvage(target: Database, damagedFile: string): void {
    let source: Database;
    try {
        source = openDatabase(damagedFile);
    } catch {
        return;
    }
    try {
        for (const [table, columns] of Object.entries(tables)) copyRows(source, target, table, columns);
    } finally {
        source.close();
    }
}

function copyRows(source: Database, target: Database, table: string, columns: readonly string[]): void {
    const list = columns.join(", ");
    const marks = columns.map(() => "?").join(", ");
    for (const row of readRows(source, `select rowid as hearth_row, ${list} from ${table}`, table)) {
        try {
            target.run(
                `insert or ignore into ${table} (${list}) values (${marks})`,
                ...columns.map((column) => row[column] as string | number | null),
            );
        } catch {
            // A row that breaks a rule of the schema is part of the damage.
        }
    }
}

/** All rows at once where the table is whole, else one by one, stepping over those that cannot be read. */
function readRows(source: Database, sql: string, table: string) {
    try {
        return source.all(sql);
    } catch {
        const rows = [];
        let last = 0;
        try {
            last = Number(source.one(`select max(rowid) as last from ${table}`)?.["last"] ?? 0);
        } catch {
            return [];
        }
        for (let rowid = 1; rowid <= Math.min(last, 1_000_000); rowid++) {
            try {
                const row = source.one(`${sql} where rowid = ?`, rowid);
                if (row) rows.push(row);
            } catch {
                continue;
            }
        }
        return rows;
    }
}
