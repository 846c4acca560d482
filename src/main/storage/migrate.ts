import { rmSync, readdirSync } from "node:fs";
import path from "node:path";
import { Failed } from "#shared/schema/failure.ts";
import type { Database } from "./driver.ts";
import { DamagedDatabase } from "./faults.ts";
import { chats } from "./migrations/0001-chats.ts";
import { predicted } from "./migrations/0002-predicted.ts";

/** In order; a schema's version is how many have run. Numbered files, never edited once released. */
const migrations = [chats, predicted];
const BACKUPS_KEPT = 2;
const TABLES = 3;

/**
 * Brings the schema up to date, with a copy of the file before each change. Throws DATABASE_NEWER for a later Hearth's
 * file, DamagedDatabase for one that has a version of ours and not its tables.
 */
export function migrate(database: Database, file: string | null): void {
    const found = Number(database.one("pragma user_version")?.["user_version"] ?? 0);
    if (found > migrations.length)
        throw new Failed({ code: "DATABASE_NEWER", data: { foundVersion: found, knownVersion: migrations.length } });
    if (found > 0) requireTables(database);
    for (const [index, sql] of migrations.entries()) {
        if (index < found) continue;
        if (file !== null && index > 0) backUp(database, file, index);
        database.transaction(() => {
            database.exec(sql);
            database.exec(`pragma user_version = ${index + 1}`);
        });
    }
}

function requireTables(database: Database): void {
    const row = database.one(
        "select count(*) as found from sqlite_schema where type = 'table' and name in ('chat', 'message', 'measurement')",
    );
    if (row?.["found"] !== TABLES) throw new DamagedDatabase();
}

function backUp(database: Database, file: string, version: number): void {
    const target = `${file}.backup-${version}`;
    rmSync(target, { force: true });
    database.run("vacuum into ?", target);
    const prefix = `${path.basename(file)}.backup-`;
    const backups = readdirSync(path.dirname(file))
        .filter((name) => name.startsWith(prefix))
        .toSorted((a, b) => Number(a.slice(prefix.length)) - Number(b.slice(prefix.length)));
    for (const old of backups.slice(0, -BACKUPS_KEPT)) rmSync(path.join(path.dirname(file), old));
}
