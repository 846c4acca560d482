import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askForHandOver, becomeOwner, controlAddress } from "./owner.ts";

const REPEATS = 10;
const starter = path.join(import.meta.dirname, "owner.fixtures.ts");
let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "hearth-owner-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Started = { child: ChildProcess; became: string };

async function start(): Promise<Started> {
    const child = spawn(process.execPath, ["--no-warnings", starter, folder], { stdio: ["ignore", "pipe", "inherit"] });
    const [data] = (await once(child.stdout, "data")) as [Buffer];
    return { child, became: data.toString("utf8").trim() };
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
        { timeout: 60_000 },
        async () => {
            for (let repeat = 0; repeat < REPEATS; repeat++) {
                // The lock and the socket of the last round's killed owner lie there from the second round on.
                const both = await Promise.all([start(), start()]);
                expect(both.map(({ became }) => became).sort()).toEqual(["link", "owner"]);
                await Promise.all(both.map(kill));
            }
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
            expect(statSync(controlAddress(folder)).mode & 0o777).toBe(0o600);
            expect(statSync(path.join(folder, "lock.json")).mode & 0o777).toBe(0o600);
        }
        if (owner?.kind === "owner") await owner.close();
        expect(await askForHandOver(folder)).toBeNull();
    });
});
