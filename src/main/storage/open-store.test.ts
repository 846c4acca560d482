import { execFileSync } from "node:child_process";
import {
    chmodSync,
    copyFileSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    statSync,
    truncateSync,
    writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ChatId } from "#shared/schema/ids.ts";
import { createChats } from "./chats.ts";
import { openDatabase } from "./driver.ts";
import { migrate } from "./migrate.ts";
import { chats as firstVersion } from "./migrations/0001-chats.ts";
import { count, createFolder, fill, starter } from "./open-store.fixtures.ts";
import { openStore } from "./open-store.ts";

const KEPT = "hearth.db.bad-2026-01-02T03-04-05-678Z";
let place: ReturnType<typeof createFolder>;
beforeEach(() => void (place = createFolder()));
afterEach(() => place.remove());

const overwrite = (from: number, to: number, fill: (index: number) => number) => {
    const bytes = readFileSync(place.file);
    for (let index = from; index < Math.min(to, bytes.length); index++) bytes[index] = fill(index);
    writeFileSync(place.file, bytes);
};
const foreign = (setUp: string) => () => {
    rmSync(place.file);
    const database = openDatabase(place.file);
    database.exec(setUp);
    database.close();
};

describe("an undamaged database", () => {
    it("is empty at first, private, and says nothing", () => {
        expect(count(place.folder)).toEqual({ codes: [], chats: 0, messages: 0, integrity: "ok" });
        expect(statSync(place.file).mode & 0o777).toBe(0o600);
        expect(readdirSync(place.folder)).toEqual(["hearth.db", "hearth.db.clean"]);
    });

    it("keeps what was written", () => {
        fill(place.folder, 5);
        expect(count(place.folder)).toEqual({ codes: [], chats: 5, messages: 30, integrity: "ok" });
    });

    it("is complete when only the log holds the newest part", () => {
        const { database } = openStore(place.folder, new Date());
        const chats = createChats(database, Date.now);
        const { id } = chats.create();
        chats.addExchange({ chatId: id, text: "hello", modelId: starter, modelName: "S", predicted: null });
        const copy = createFolder();
        for (const suffix of ["", "-wal"]) copyFileSync(place.file + suffix, copy.file + suffix);
        expect(count(copy.folder)).toEqual({ codes: [], chats: 1, messages: 2, integrity: "ok" });
        copy.remove();
        database.close();
    });

    it("is not touched by a start that was ended while it was made", () => {
        writeFileSync(`${place.file}.new`, "half");
        expect(count(place.folder).codes).toEqual([]);
    });
});

/** Each: how the file is damaged, and how many of the 40 chats must still be there. */
const damages: [name: string, damage: () => void, leastChats: number][] = [
    ["emptied", () => truncateSync(place.file, 0), 0],
    ["all zeros", () => overwrite(0, Infinity, () => 0), 0],
    ["its first page zeroed", () => overwrite(0, 4096, () => 0), 0],
    ["its header overwritten", () => overwrite(0, 100, (index) => index % 251), 0],
    ["cut to a few bytes", () => truncateSync(place.file, 50), 0],
    ["cut to one page", () => truncateSync(place.file, 4096), 0],
    ["cut to half", () => truncateSync(place.file, Math.floor(statSync(place.file).size / 8192) * 4096), 1],
    ["cut by one page", () => truncateSync(place.file, statSync(place.file).size - 4096), 1],
    ["cut within a page", () => truncateSync(place.file, statSync(place.file).size - 1000), 1],
    ["a zeroed page in its middle", () => overwrite(10 * 4096, 11 * 4096, () => 0), 30],
    ["noise in its middle", () => overwrite(12 * 4096, 14 * 4096, (index) => (index * 7919) % 256), 30],
    ["text", () => writeFileSync(place.file, "these are not the chats you are looking for\n".repeat(500)), 0],
    ["a picture", () => writeFileSync(place.file, Buffer.from("89504e470d0a1a0a".repeat(999), "hex")), 0],
    ["another program's database", foreign("create table bookmark (id integer primary key, url text)"), 0],
    ["another program's database of our version", foreign("create table cookie (id text); pragma user_version = 1"), 0],
    ["a database without tables", foreign("pragma user_version = 0"), 0],
    ["a missing table", foreign("create table chat (id text); pragma user_version = 1"), 0],
    [
        "a folder",
        () => {
            rmSync(place.file);
            mkdirSync(place.file);
        },
        0,
    ],
];

describe("a damaged database", () => {
    it.each(damages)("%s: is kept, readable chats are carried over, and it is said", (_, damage, leastChats) => {
        fill(place.folder, 40);
        damage();
        const before = statSync(place.file).isFile() ? readFileSync(place.file) : null;
        const found = count(place.folder);
        expect(found).toMatchObject({ codes: ["DATABASE_DAMAGED"], integrity: "ok" });
        expect(found.chats).toBeGreaterThanOrEqual(leastChats);
        if (before) expect(readFileSync(path.join(place.folder, KEPT)).equals(before)).toBe(true);
        else expect(existsSync(path.join(place.folder, KEPT))).toBe(true);
        // Said once: the next start is an ordinary one, with the same chats.
        expect(count(place.folder)).toEqual({ ...found, codes: [] });
    });

    it.each([
        ["a log of noise", () => writeFileSync(`${place.file}-wal`, Buffer.alloc(50_000, 7))],
        ["an empty log", () => writeFileSync(`${place.file}-wal`, "")],
        ["an index of noise", () => writeFileSync(`${place.file}-shm`, Buffer.alloc(32_768, 9))],
    ])("beside %s: nothing is lost", (_, damage) => {
        fill(place.folder, 4);
        damage();
        expect(count(place.folder)).toEqual({ codes: [], chats: 4, messages: 24, integrity: "ok" });
    });

    it("beside another database's log: opens, and is whole or kept", () => {
        fill(place.folder, 4);
        const other = createFolder();
        fill(other.folder, 2);
        const { database } = openStore(other.folder, new Date());
        createChats(database, Date.now).create();
        copyFileSync(`${other.file}-wal`, `${place.file}-wal`);
        database.close();
        other.remove();
        const found = count(place.folder);
        expect(found.integrity).toBe("ok");
        if (found.codes.length === 0) expect(found.chats).toBeGreaterThan(0);
        else expect(readdirSync(place.folder)).toContain(KEPT);
    });

    it("gone, with its log left: starts anew without replaying the log", () => {
        fill(place.folder, 2);
        rmSync(place.file);
        writeFileSync(`${place.file}-wal`, Buffer.alloc(5000, 1));
        expect(count(place.folder)).toEqual({ codes: [], chats: 0, messages: 0, integrity: "ok" });
        expect(readdirSync(place.folder)).toContain("hearth.db.orphan-wal");
    });
});

describe("an end in the middle of a rescue", () => {
    it("after the damaged file was set aside: the rescued chats are taken", () => {
        fill(place.folder, 3);
        renameSync(place.file, `${place.file}.rescued`);
        expect(count(place.folder)).toMatchObject({ codes: [], chats: 3, messages: 18 });
    });

    it("before that: the half rescue is begun anew", () => {
        fill(place.folder, 3);
        writeFileSync(`${place.file}.rescued`, "half");
        overwrite(4096, 8192, () => 0);
        expect(count(place.folder)).toMatchObject({ codes: ["DATABASE_DAMAGED"], integrity: "ok" });
    });
});

describe("a database of a later Hearth", () => {
    it("is left byte for byte, and this run keeps its chats in memory", () => {
        fill(place.folder, 3);
        const newer = openDatabase(place.file);
        newer.exec("pragma user_version = 99");
        newer.close();
        const before = readFileSync(place.file);
        const { database, notices } = openStore(place.folder, new Date());
        expect(notices).toEqual([{ code: "DATABASE_NEWER", data: { foundVersion: 99, knownVersion: 2 } }]);
        createChats(database, Date.now).create();
        database.close();
        expect(readFileSync(place.file).equals(before)).toBe(true);
    });
});

/** A file as the first version of Hearth wrote it, with one question. */
function fillFirstVersion(): void {
    const first = openDatabase(place.file);
    first.exec(`${firstVersion}
        pragma user_version = 1;
        insert into chat values ('c1', 'Bread', '', 1, 1, null);
        insert into message (id, chat_id, role, text, state, created_at) values ('m1', 'c1', 'user', 'Why?', 'complete', 1);`);
    first.close();
}

describe("migrations", () => {
    it("bring a file of the first version up to date, with a copy of it beside, and keep its chats", async () => {
        fillFirstVersion();
        const database = openDatabase(place.file);
        migrate(database, place.file);
        const { messages } = createChats(database, Date.now).get({ chatId: ChatId.parse("c1") });
        database.close();
        expect(messages).toMatchObject([{ text: "Why?", predicted: null }]);
        expect(readdirSync(place.folder)).toContain("hearth.db.backup-1");
    });

    it("of a damaged file of the first version: what can be read is carried over", () => {
        fillFirstVersion();
        const damaged = openDatabase(place.file);
        damaged.exec("drop table measurement");
        damaged.close();
        expect(count(place.folder)).toMatchObject({ codes: ["DATABASE_DAMAGED"], chats: 1, messages: 1 });
    });

    it("change nothing the second time", () => {
        fill(place.folder, 1);
        const database = openDatabase(place.file);
        migrate(database, place.file);
        expect(database.one("pragma user_version")).toEqual({ user_version: 2 });
        database.close();
        expect(readdirSync(place.folder)).toEqual(["hearth.db", "hearth.db.clean"]);
    });
});

/** A small or read-only disk; null where this computer does not let us mount one. */
function mountDisk(options: string): { folder: string; remount(options: string): void; unmount(): void } | null {
    const folder = mkdtempSync(path.join(os.tmpdir(), "hearth-disk-"));
    try {
        execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder], { stdio: "ignore" });
    } catch {
        rmSync(folder, { recursive: true });
        return null;
    }
    return {
        folder,
        remount: (changed) => void execFileSync("mount", ["-o", `remount,${changed}`, folder], { stdio: "ignore" }),
        unmount() {
            execFileSync("umount", [folder]);
            rmSync(folder, { recursive: true });
        },
    };
}

const disk = mountDisk("size=64k");
disk?.unmount();
const withDisk = it.skipIf(!disk);

describe("a disk that refuses (needs the right to mount one, else skipped)", () => {
    withDisk("full from the start: starts in memory and says so", () => {
        const small = mountDisk("size=4k");
        expect(count(small?.folder ?? "").codes).toEqual(["DISK_FULL"]);
        small?.unmount();
    });

    withDisk("full later: writing fails, chats are read, and all is there once there is room", () => {
        const small = mountDisk("size=1m");
        const folder = small?.folder ?? "";
        fill(folder, 5);
        const ballast = path.join(folder, "ballast");
        fillUp(ballast);
        const { database, notices } = openStore(folder, new Date());
        expect(notices.map(({ code }) => code)).toEqual(["DISK_FULL"]);
        const chats = createChats(database, Date.now);
        expect(chats.list({ limit: 10 })).toHaveLength(5);
        expect(() => database.transaction(() => chats.create())).toThrow(/full/);
        rmSync(ballast);
        database.transaction(() => chats.create());
        database.close();
        expect(count(folder)).toEqual({ codes: [], chats: 6, messages: 30, integrity: "ok" });
        small?.unmount();
    });

    withDisk("full while a damaged file is rescued: it stays in its place, and is rescued once there is room", () => {
        const small = mountDisk("size=1m");
        const folder = small?.folder ?? "";
        const file = path.join(folder, "hearth.db");
        fill(folder, 40);
        const bytes = readFileSync(file);
        writeFileSync(file, bytes.fill(0, 10 * 4096, 11 * 4096));
        // Room for a part of the rescue, in the folder; its copy finds room in the system's own folder for such things.
        fillUp(path.join(folder, "ballast"));
        truncateSync(path.join(folder, "ballast"), statSync(path.join(folder, "ballast")).size - 49_152);
        expect(count(folder)).toMatchObject({ codes: ["DATABASE_DAMAGED", "DISK_FULL"] });
        expect(readFileSync(file).equals(bytes)).toBe(true);
        expect(readdirSync(folder).filter((name) => name.includes(".bad-"))).toEqual([]);
        rmSync(path.join(folder, "ballast"));
        const found = count(folder);
        expect(found).toMatchObject({ codes: ["DATABASE_DAMAGED"], integrity: "ok" });
        expect(found.chats).toBeGreaterThanOrEqual(30);
        small?.unmount();
    });

    withDisk("full while it is open: what was acknowledged is there, what was refused is not", () => {
        const small = mountDisk("size=512k");
        const folder = small?.folder ?? "";
        const { database } = openStore(folder, new Date());
        const chats = createChats(database, Date.now);
        const { id } = chats.create();
        let written = 0;
        expect(() => {
            for (;;) {
                database.transaction(() =>
                    chats.addExchange({
                        chatId: id,
                        text: "x".repeat(9000),
                        modelId: starter,
                        modelName: "S",
                        predicted: null,
                    }),
                );
                written++;
            }
        }).toThrow(/full/);
        expect(chats.get({ chatId: id }).messages).toHaveLength(written * 2);
        small?.remount("size=4m");
        expect(() => database.transaction(() => chats.create())).not.toThrow();
        database.close();
        expect(count(folder)).toMatchObject({ codes: [], chats: 2, messages: written * 2, integrity: "ok" });
        small?.unmount();
    });

    withDisk("read-only: the chats are there to read, nothing is set aside", () => {
        const small = mountDisk("size=2m");
        const folder = small?.folder ?? "";
        fill(folder, 3);
        small?.remount("ro");
        expect(count(folder)).toMatchObject({ codes: ["READ_ONLY"], chats: 3, messages: 18 });
        expect(readdirSync(folder)).toEqual(["hearth.db", "hearth.db.clean"]);
        small?.unmount();
    });
});

it.skipIf(process.getuid?.() === 0)("a folder without the right to write: read into memory", () => {
    fill(place.folder, 2);
    chmodSync(place.folder, 0o500);
    expect(count(place.folder)).toMatchObject({ codes: ["READ_ONLY"], chats: 2 });
    chmodSync(place.folder, 0o700);
});

it("a file without the right to write, which is ours: gets it back", () => {
    fill(place.folder, 2);
    chmodSync(place.file, 0o400);
    fill(place.folder, 1);
    expect(count(place.folder)).toMatchObject({ codes: [], chats: 3 });
    expect(statSync(place.file).mode & 0o777).toBe(0o600);
});

/** Writes until the disk takes no further byte. */
function fillUp(file: string): void {
    for (let size = 65_536; size >= 1; size = Math.floor(size / 2)) {
        try {
            for (;;) writeFileSync(file, Buffer.alloc(size), { flag: "a" });
        } catch {
            continue;
        }
    }
}
