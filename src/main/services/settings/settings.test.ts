import { execFileSync } from "node:child_process";
import {
    chmodSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Settings, SettingsPatch } from "#shared/schema/settings.ts";
import { createSettings } from "./settings.ts";

const log = { info: () => undefined, warn: () => undefined };
const now = () => new Date("2026-01-02T03:04:05.678Z");
const KEPT = "settings.json.bad-2026-01-02T03-04-05-678Z";
const defaults = Settings.parse({});
let folder: string;
let file: string;
beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "hearth-settings-"));
    file = path.join(folder, "settings.json");
});
afterEach(() => rmSync(folder, { recursive: true }));
const open = () => createSettings({ dataFolder: folder, log, now });
const readSaved = (): unknown => JSON.parse(readFileSync(file, "utf8"));

describe("settings", () => {
    it("are the defaults without a file, and write none", () => {
        expect(open().get()).toEqual(defaults);
        expect(open().notice()).toBeNull();
        expect(readdirSync(folder)).toEqual([]);
    });

    it("are kept, in a private file, and a patch changes only what it names", async () => {
        await open().set({ hasFinishedFirstRun: true, textSizePercent: 120 });
        await open().set(SettingsPatch.parse({ theme: "dark" }));
        expect(open().get()).toEqual({ ...defaults, hasFinishedFirstRun: true, textSizePercent: 120, theme: "dark" });
        expect(statSync(file).mode & 0o777).toBe(0o600);
        expect(readdirSync(folder)).toEqual(["settings.json"]);
    });

    it("are the last ones after many changes at once", async () => {
        const settings = open();
        await Promise.all([100, 110, 120, 130, 140].map((textSizePercent) => settings.set({ textSizePercent })));
        expect(readSaved()).toMatchObject({ textSizePercent: 140 });
    });

    it("keep the keys of a later Hearth", async () => {
        writeFileSync(file, JSON.stringify({ theme: "dark", gardenGnomes: { count: 3 } }));
        const settings = open();
        expect(settings.notice()).toBeNull();
        await settings.set({ speedUnit: "tokens" });
        expect(readSaved()).toMatchObject({ theme: "dark", speedUnit: "tokens", gardenGnomes: { count: 3 } });
    });

    it("may begin with a byte order mark", () => {
        writeFileSync(file, `\uFEFF${JSON.stringify({ theme: "dark" })}`);
        expect([open().get().theme, open().notice()]).toEqual(["dark", null]);
    });
});

const whole = JSON.stringify({ ...defaults, theme: "dark", textSizePercent: 110 }, null, 4);
/** Each: what the file holds, and what of it must still be in force. */
const damages: [name: string, content: string | Uint8Array, kept: Partial<Settings>][] = [
    ["empty", "", {}],
    ["cut off", whole.slice(0, 40), {}],
    ["zeros", new Uint8Array(300), {}],
    ["noise", Uint8Array.from({ length: 300 }, (_, index) => (index * 7919) % 256), {}],
    ["UTF-16", Buffer.from(whole, "utf16le"), {}],
    ["a list", "[1, 2]", {}],
    ["null", "null", {}],
    ["a number", "7", {}],
    ["a page of HTML", "<!doctype html><title>Sign in</title>", {}],
    ["two objects", `${whole}${whole}`, {}],
    ["a trailing comma", '{ "theme": "dark", }', {}],
    ["a merge conflict", `<<<<<<< mine\n${whole}\n=======\n>>>>>>> theirs`, {}],
    ["larger than ours may be", `{"theme":"dark"}${" ".repeat(2 ** 20)}`, {}],
    ["nested too deep", `${"[".repeat(200_000)}`, {}],
    ["an unknown theme", '{ "theme": "mauve", "textSizePercent": 110 }', { textSizePercent: 110 }],
    ["a text size out of range", '{ "theme": "dark", "textSizePercent": 9000 }', { theme: "dark" }],
    ["a text size that is no number", '{ "theme": "dark", "textSizePercent": "big" }', { theme: "dark" }],
    ["null for a switch", '{ "theme": "dark", "hasFinishedFirstRun": null }', { theme: "dark" }],
    ["a model id with a path", '{ "theme": "dark", "lastModelId": "../../etc/passwd" }', { theme: "dark" }],
    ["a correction out of range", '{ "theme": "dark", "corrections": { "threads": -4 } }', { theme: "dark" }],
];

describe("a damaged settings file", () => {
    it.each(damages)("%s: is kept, the rest is in force, and it is said once", async (_, content, kept) => {
        writeFileSync(file, content);
        const settings = open();
        expect(settings.get()).toEqual({ ...defaults, ...kept });
        expect(settings.notice()).toEqual({ code: "SETTINGS_DAMAGED", data: { keptAs: KEPT } });
        expect(readFileSync(path.join(folder, KEPT)).equals(Buffer.from(content))).toBe(true);
        await settings.set({ speedUnit: "tokens" });
        expect(open().notice()).toBeNull();
        expect(open().get()).toEqual({ ...defaults, ...kept, speedUnit: "tokens" });
    });

    it("is left to the owner of the profile by a guest", () => {
        writeFileSync(file, "{");
        expect(createSettings({ dataFolder: folder, log, now, isGuest: true }).get()).toEqual(defaults);
        expect(readdirSync(folder)).toEqual(["settings.json"]);
        expect(readFileSync(file, "utf8")).toBe("{");
    });

    it("is a folder: Hearth starts with the defaults and keeps changes for this run", async () => {
        mkdirSync(file);
        const settings = open();
        expect(settings.notice()?.code).toBe("SETTINGS_DAMAGED");
        expect((await settings.set({ theme: "dark" })).theme).toBe("dark");
        expect(settings.notice()?.code).toBe("READ_ONLY");
    });

    it("of any JSON at all never stops the start and always gives whole settings", () => {
        fc.assert(
            fc.property(fc.jsonValue(), (value) => {
                writeFileSync(file, JSON.stringify(value));
                expect(Settings.safeParse(open().get()).success).toBe(true);
            }),
            { numRuns: 50 },
        );
    });
});

const canMount = (() => {
    const disk = mkdtempSync(path.join(os.tmpdir(), "hearth-disk-"));
    try {
        execFileSync("mount", ["-t", "tmpfs", "tmpfs", disk], { stdio: "ignore" });
        execFileSync("umount", [disk]);
        return true;
    } catch {
        return false;
    } finally {
        rmSync(disk, { recursive: true });
    }
})();

describe.skipIf(!canMount)("a disk that refuses (needs the right to mount one, else skipped)", () => {
    it.each([
        ["full", "size=4k", "DISK_FULL"],
        ["read-only", "ro", "READ_ONLY"],
    ])("%s: changes hold for this run, and it is said", async (_, options, code) => {
        const disk = path.join(folder, "disk");
        mkdirSync(disk);
        execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", disk]);
        try {
            const settings = createSettings({ dataFolder: disk, log, now });
            if (code === "DISK_FULL") writeFileSync(path.join(disk, "ballast"), Buffer.alloc(4096));
            expect((await settings.set({ theme: "dark" })).theme).toBe("dark");
            expect(settings.get().theme).toBe("dark");
            expect(settings.notice()?.code).toBe(code);
            expect(existsSync(path.join(disk, "settings.json"))).toBe(false);
            execFileSync("mount", ["-o", "remount,rw,size=1m", disk]);
            await settings.set({ speedUnit: "tokens" });
            expect(settings.notice()).toBeNull();
            expect(createSettings({ dataFolder: disk, log, now }).get()).toMatchObject({
                theme: "dark",
                speedUnit: "tokens",
            });
        } finally {
            execFileSync("umount", [disk]);
        }
    });
});

it.skipIf(process.getuid?.() === 0)("an unreadable file starts with the defaults", () => {
    writeFileSync(file, whole);
    chmodSync(file, 0o000);
    expect(open().get()).toEqual(defaults);
});
