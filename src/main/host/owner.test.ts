import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askForHandOver, becomeOwner, controlAddresses } from "./owner.ts";
import { runtimeFolder } from "./runtime-folder.ts";

/** 10 in `npm test`, 50 in `npm run bars`. */
const REPEATS = Number(process.env["HEARTH_BAR_REPEATS"] ?? 10);
const HAND_OVER_MILLISECONDS = 2000;
const starter = path.join(import.meta.dirname, "owner.fixtures.ts");
let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "hearth-owner-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Started = { child: ChildProcess; became: string; milliseconds: number };

async function start(): Promise<Started> {
    const begun = performance.now();
    const child = spawn(process.execPath, ["--no-warnings", starter, folder], { stdio: ["ignore", "pipe", "inherit"] });
    const [data] = (await once(child.stdout, "data")) as [Buffer];
    return { child, became: data.toString("utf8").trim(), milliseconds: performance.now() - begun };
}

async function kill({ child }: Started): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
}

describe("two starts on one profile (bar B37)", () => {
    it(
        `have one owner, and the other hands over, ${REPEATS} times, each after a kill -9`,
        { timeout: REPEATS * 10_000 },
        async ({ task }) => {
            const times: number[] = [];
            for (let repeat = 0; repeat < REPEATS; repeat++) {
                // The lock and the socket of the last round's killed owner lie there from the second round on.
                const both = await Promise.all([start(), start()]);
                expect(both.map(({ became }) => became).sort()).toEqual(["link", "owner"]);
                times.push(...both.flatMap(({ became, milliseconds }) => (became === "link" ? [milliseconds] : [])));
                await Promise.all(both.map(kill));
            }
            // The start of its process included.
            const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
            Object.assign(task.meta, {
                figures: `${REPEATS} pairs, one owner each, handed over in ${Math.round(median)} ms at the median`,
            });
            expect(median).toBeLessThan(HAND_OVER_MILLISECONDS);
            expect(readdirSync(folder).sort()).toEqual(["control.sock", "lock.json"]);
        },
    );

    it("hands over to a host that is not ready yet, once it is", async () => {
        const ready = Promise.withResolvers<{ kind: "link"; link: string }>();
        const owner = await becomeOwner(folder, () => ready.promise);
        const second = becomeOwner(folder, () => ready.promise);
        ready.resolve({ kind: "link", link: "http://127.0.0.1:5170/enter?key=a" });
        expect(await second).toEqual({ kind: "link", link: "http://127.0.0.1:5170/enter?key=a" });
        expect(owner?.kind).toBe("owner");
        if (owner?.kind === "owner") await owner.close();
        expect(readdirSync(folder)).toEqual([]);
    });
});

describe("the lock", () => {
    it.each([
        ["torn", "{"],
        ["of a process that is gone", JSON.stringify({ pid: 2 ** 22 + 1, started: "1" })],
        ["of a pid that is another process now", JSON.stringify({ pid: process.pid, started: "1" })],
    ])("%s does not block a start", async (_name, text) => {
        writeFileSync(path.join(folder, "lock.json"), text);
        const owner = await becomeOwner(folder, () => Promise.resolve({ kind: "window" }));
        expect(owner?.kind).toBe("owner");
        expect(await askForHandOver(folder)).toEqual({ kind: "window" });
        if (process.platform !== "win32") {
            expect(statSync(controlAddresses(folder)[0] ?? "").mode & 0o777).toBe(0o600);
            expect(statSync(path.join(folder, "lock.json")).mode & 0o777).toBe(0o600);
        }
        if (owner?.kind === "owner") await owner.close();
        expect(await askForHandOver(folder)).toBeNull();
    });
});

const window = () => Promise.resolve({ kind: "window" } as const);
const failureOf = (data: string) => becomeOwner(data, window).catch((error: { failure: unknown }) => error.failure);
const isMounted = (options: string): boolean => {
    try {
        execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder], { stdio: "ignore" });
        return true;
    } catch {
        return false;
    }
};

describe("the folder of the profile", () => {
    it.skipIf(process.platform !== "linux")("that cannot be made is said at once, under /proc too", async () => {
        writeFileSync(path.join(folder, "file"), "");
        for (const data of ["/proc/nope", "/proc/nope/hearth", path.join(folder, "file", "hearth")])
            expect(await failureOf(data)).toEqual({ code: "FOLDER_UNUSABLE", data: { folder: data } });
        const deep = path.join(folder, "a", "b");
        const owner = await becomeOwner(deep, window);
        expect(statSync(deep).mode & 0o777).toBe(0o700);
        if (owner.kind === "owner") await owner.close();
    });

    it("that is read-only has one owner too, whose lock and socket lie in a folder of this user alone", async ({
        skip,
    }) => {
        if (!isMounted("ro")) return skip("no right to mount a disk");
        const elsewhere = runtimeFolder(folder);
        try {
            const first = await becomeOwner(folder, window);
            expect(first.kind).toBe("owner");
            expect(statSync(elsewhere).mode & 0o777).toBe(0o700);
            expect(await becomeOwner(folder, window)).toEqual({ kind: "window" });
            // It can be written again: the owner is still found where it put its lock.
            execFileSync("mount", ["-o", "remount,rw", folder]);
            expect(await becomeOwner(folder, window)).toEqual({ kind: "window" });
            if (first.kind === "owner") await first.close();
        } finally {
            execFileSync("umount", [folder]);
            rmSync(elsewhere, { recursive: true, force: true });
        }
    });

    it("whose path is too long for a socket trusts no folder that others may enter", async () => {
        const long = path.join(folder, "x".repeat(120));
        const elsewhere = runtimeFolder(long);
        mkdirSync(elsewhere);
        chmodSync(elsewhere, 0o755);
        try {
            expect(controlAddresses(long)).toEqual([]);
            expect(await failureOf(long)).toEqual({ code: "READ_ONLY", data: { what: "data" } });
            chmodSync(elsewhere, 0o700);
            const owner = await becomeOwner(long, window);
            expect(await askForHandOver(long)).toEqual({ kind: "window" });
            if (owner.kind === "owner") await owner.close();
            expect(existsSync(path.join(long, "lock.json"))).toBe(false);
        } finally {
            rmSync(elsewhere, { recursive: true });
        }
    });
});

it("a process that holds the profile and does not answer is named", { timeout: 20_000 }, async () => {
    const started = /^\d+ \(.*\) (.*)/s.exec(
        execFileSync("cat", [`/proc/${process.pid}/stat`], { encoding: "utf8" }),
    )?.[1];
    writeFileSync(
        path.join(folder, "lock.json"),
        JSON.stringify({ pid: process.pid, started: started?.split(" ")[19] ?? "" }),
    );
    expect(await failureOf(folder)).toEqual({ code: "ALREADY_RUNNING", data: { pid: process.pid } });
});
