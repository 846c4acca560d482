import { rmSync, readdirSync } from "node:fs";
import path from "node:path";
import { Failed } from "#shared/schema/failure.ts";
import type { Database } from "./driver.ts";
import { chats } from "./migrations/0001-chats.ts";

/** In order; a schema's version is how many have run. Numbered files, never edited once released. */
const migrations = [chats];
const BACKUPS_KEPT = 2;

/** Brings the schema up to date, with a copy of the file before each change. Throws DATABASE_NEWER for a later Hearth's file. */
export function migrate(database: Database, file: string | null): void {
    const found = Number(database.one("pragma user_version")?.["user_version"] ?? 0);
    if (found > migrations.length)
        throw new Failed({ code: "DATABASE_NEWER", data: { foundVersion: found, knownVersion: migrations.length } });
    for (const [index, sql] of migrations.entries()) {
        if (index < found) continue;
        if (file !== null && index > 0) backUp(database, file, index);
        database.transaction(() => {
            database.exec(sql);
            database.exec(`pragma user_version = ${index + 1}`);
        });
    }
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
