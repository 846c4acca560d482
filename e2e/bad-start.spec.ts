import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { HearthHost } from "./hearth-host.ts";

/** What a start says in the terminal, and how it ends; it must end by itself. */
async function startAndEnd(
    environment: Record<string, string>,
    { entry = "web-host", args = [] as string[] } = {},
): Promise<{ code: number | null; said: string }> {
    const child = spawn(process.execPath, [path.resolve(`out/main/${entry}.js`), ...args], {
        env: { ...process.env, HEARTH_NO_OPEN: "1", HEARTH_STARTER: "none", ...environment },
        stdio: ["ignore", "pipe", "pipe"],
        timeout: 30_000,
    });
    let said = "";
    child.stdout.on("data", (data) => (said += String(data)));
    child.stderr.on("data", (data) => (said += String(data)));
    const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
    return { code, said };
}

let folder: string;
test.beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), "hearth-start-"))));
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a folder that cannot be made ends the start with a sentence and a command, in each terminal command", async () => {
    writeFileSync(path.join(folder, "file"), "");
    for (const data of ["/proc/nope", path.join(folder, "file", "hearth")]) {
        const { code, said } = await startAndEnd({ HEARTH_DATA: data });
        expect(said).toBe(
            `Hearth has no place for your chats and settings: the folder ${data} cannot be made.\nTo go on, type: HEARTH_DATA=~/hearth npm start\n`,
        );
        expect(code).toBe(1);
        const scan = await startAndEnd({ HEARTH_DATA: data }, { entry: "cli", args: ["scan"] });
        expect(scan).toEqual({ code, said });
    }
});

test("no free port: a sentence, and a command with another port", async () => {
    const taken = await Promise.all(
        Array.from({ length: 20 }, (_, index) => {
            const server = net.createServer();
            return new Promise<net.Server>((resolve) =>
                server.listen(46_300 + index, "127.0.0.1", () => resolve(server)),
            );
        }),
    );
    try {
        const { code, said } = await startAndEnd({ HEARTH_DATA: folder, HEARTH_PORT: "46300" });
        expect(said).toContain("All ports from 46300 to 46319 are in use, so the window has no address.");
        expect(said).toContain("To go on, type: npm start -- --port 47319");
        expect(code).toBe(1);
    } finally {
        for (const server of taken) server.close();
    }
});

for (const given of ["eighty", "0", "65536", "5170.5", ""])
    test(`a port that is none ("${given}"): a sentence and a command`, async () => {
        const { code, said } = await startAndEnd({ HEARTH_DATA: folder, HEARTH_PORT: given });
        expect(said).toBe(
            `A port is a whole number from 1 to 65535, and “${given}” is none.\nTo go on, type: npm start -- --port 6170\n`,
        );
        expect(code).toBe(1);
    });

test("a second start hands over: it prints a link of the running Hearth and ends", async ({ page }) => {
    const host = new HearthHost({ HEARTH_STARTER: "none" });
    try {
        await host.start();
        const { code, said } = await startAndEnd({ HEARTH_DATA: path.join(host.folder, "data") });
        expect(said).toContain("Hearth is running already. Open this link, once:");
        expect(code).toBe(0);
        await page.goto(/http:\S+/.exec(said)?.[0] ?? "");
        await expect(page.getByRole("main")).toBeVisible();
    } finally {
        await host.dispose();
    }
});

test("a described machine that is damaged, and a file that is no model: each its sentence", async () => {
    const machine = path.join(folder, "machine.json");
    writeFileSync(machine, "{}");
    const scan = await startAndEnd({ HEARTH_DATA: folder }, { entry: "cli", args: ["scan", "--machine", machine] });
    expect(scan.said).toMatch(/^The description of this computer could not be read \(.+\)\.\nTo go on, type: /);
    expect(scan.code).toBe(1);
    mkdirSync(path.join(folder, "files"));
    writeFileSync(path.join(folder, "files", "page.gguf"), "<!doctype html>");
    const ask = await startAndEnd(
        { HEARTH_DATA: folder },
        { entry: "cli", args: ["ask", path.join(folder, "files", "page.gguf"), "hello"] },
    );
    expect(ask.said).toContain("This is not a model file that Hearth can run");
    expect(ask.said).toContain("To go on, type: npx hearth inspect .");
    expect(ask.code).toBe(1);
});
