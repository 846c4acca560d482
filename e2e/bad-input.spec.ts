import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { control } from "../src/main/inspector/controls.fixtures.ts";
import { writeGguf } from "../src/main/inspector/gguf-writer.fixtures.ts";
import { fill } from "../src/main/storage/open-store.fixtures.ts";
import { HearthHost, starterFile, whyNoStarter } from "./hearth-host.ts";
import { expect, test as base } from "./hearth-test.ts";
import { ChatPage } from "./pages/chat-page.ts";
import { FirstRunPage } from "./pages/first-run-page.ts";

/** A host without the practice model on a profile that a test may spoil before it starts it. */
const test = base.extend<{ spoiled: HearthHost; data: string }>({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern itself
    spoiled: async ({}, use) => {
        const host = new HearthHost({ HEARTH_STARTER: "none" });
        await use(host);
        await host.dispose();
    },
    data: async ({ spoiled }, use) => {
        const data = path.join(spoiled.folder, "data");
        mkdirSync(data, { recursive: true });
        await use(data);
    },
});

/** Mounts a small disk there, where this computer lets us. */
function mountDisk(folder: string, options: string): boolean {
    mkdirSync(folder, { recursive: true });
    try {
        execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder], { stdio: "ignore" });
        return true;
    } catch {
        return false;
    }
}
const remount = (folder: string, options: string) => execFileSync("mount", ["-o", `remount,${options}`, folder]);
const unmount = (folder: string) => execFileSync("umount", ["-l", folder]);
const whyNoDisk = "this computer does not let us mount a small disk";

/** Takes all room that is left. */
function fillUp(file: string): void {
    for (let size = 65_536; size >= 1; size = Math.floor(size / 2))
        try {
            for (;;) writeFileSync(file, Buffer.alloc(size), { flag: "a" });
        } catch {
            continue;
        }
}

test("files that are broken, cut off or foreign are refused by name, each in a sentence, and a good one still comes in", async ({
    page,
}) => {
    const files = mkdtempSync(path.join(tmpdir(), "hearth-files-"));
    const whole = writeGguf(control("llama", { layers: 1, width: 64, heads: 2 }, "Good one").file);
    writeFileSync(path.join(files, "cut.gguf"), whole.subarray(0, Math.floor(whole.length / 2)));
    writeFileSync(path.join(files, "foreign.gguf"), "<!doctype html><title>Sign in</title>");
    writeFileSync(path.join(files, "broken.gguf"), Buffer.from(whole).fill(0xff, 32, 44));
    writeFileSync(path.join(files, "empty.gguf"), "");
    writeFileSync(path.join(files, "good.gguf"), whole);
    const host = new HearthHost({ HEARTH_STARTER: "none", HEARTH_BROWSE: files });
    try {
        await page.goto(await host.start());
        await page.getByRole("button", { name: "Use a file I have" }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByRole("row").first().click();
        for (const [name, sentence] of [
            ["cut.gguf", /^cut\.gguf: This file is damaged: it ends .*early\./],
            ["foreign.gguf", /^foreign\.gguf: This is not a model file that Hearth can run/],
            ["broken.gguf", /^broken\.gguf: This file is damaged or unusual: its header lacks a fact/],
            ["empty.gguf", /^empty\.gguf: This file is empty\./],
        ] as const) {
            await dialog.getByRole("row", { name }).click();
            const said = dialog.getByRole("alert");
            await expect(said).toContainText(sentence);
            await said.getByRole("button", { name: "Choose another file" }).click();
            await expect(said).toHaveCount(0);
        }
        await dialog.getByRole("row", { name: "good.gguf" }).click();
        await expect(dialog.getByRole("button", { name: /Good one/ })).toBeVisible();
    } finally {
        await host.dispose();
        rmSync(files, { recursive: true });
    }
});

test("corrupt settings, list of files and database: said once each, kept, and the chats are there", async ({
    page,
    spoiled,
    data,
}) => {
    fill(data, 40);
    const database = path.join(data, "hearth.db");
    writeFileSync(database, readFileSync(database).fill(0, 10 * 4096, 11 * 4096));
    const settings = '{ "hasFinishedFirstRun": true, "theme": "mauve" }';
    writeFileSync(path.join(data, "settings.json"), settings);
    writeFileSync(path.join(data, "added-models.json"), '["/some');
    await page.goto(await spoiled.start());
    await expect(
        page.getByText(/Your settings file could not be read\. Hearth kept it as settings\.json\.bad-/),
    ).toBeVisible();
    await expect(
        page.getByText(/The file with your chats was damaged\. Hearth kept it as hearth\.db\.bad-/),
    ).toBeVisible();
    await page.keyboard.press("Control+3");
    await expect(page.getByText("question 39.0").first()).toBeVisible();
    const kept = readdirSync(data).filter((name) => name.includes(".bad-"));
    expect(kept.filter((name) => name.startsWith("hearth.db")).length).toBeGreaterThan(0);
    expect(readFileSync(path.join(data, kept.find((name) => name.startsWith("settings")) ?? ""), "utf8")).toBe(
        settings,
    );
    await page.reload();
    await expect(page.getByText(/The list of model files you added could not be read/)).toBeVisible();

    await spoiled.stop();
    await page.goto(await spoiled.start());
    await page.keyboard.press("Control+3");
    await expect(page.getByText("question 39.0").first()).toBeVisible();
    await expect(page.getByText(/kept it as/)).toHaveCount(0);
});

test("settings and database gone: Hearth begins anew and says nothing", async ({ page, spoiled, data }) => {
    fill(data, 2);
    writeFileSync(path.join(data, "settings.json"), '{ "hasFinishedFirstRun": true }');
    for (const name of readdirSync(data)) rmSync(path.join(data, name));
    await page.goto(await spoiled.start());
    await expect(new FirstRunPage(page).heading()).toHaveText(/^(Yes|Just about|Not yet)/, { timeout: 20_000 });
    await expect(page.getByRole("status").filter({ hasText: /damaged|could not be read/ })).toHaveCount(0);
});

test("a read-only profile and a read-only folder of models: both are read, and it is said", async ({
    page,
    spoiled,
    data,
}) => {
    const models = path.join(spoiled.folder, "models");
    test.skip(!mountDisk(data, "size=4m") || !mountDisk(models, "size=4m"), whyNoDisk);
    try {
        fill(data, 3);
        writeFileSync(path.join(data, "settings.json"), '{ "hasFinishedFirstRun": true }');
        const whole = writeGguf(control("llama", { layers: 1, width: 64, heads: 2 }, "Read only").file);
        writeFileSync(path.join(models, "good.gguf"), whole);
        for (const disk of [data, models]) remount(disk, "ro");
        await page.goto(await spoiled.start());
        await expect(page.getByText(/Hearth may not write where its chats live/)).toBeVisible();
        await page.keyboard.press("Control+3");
        await expect(page.getByText("question 2.0").first()).toBeVisible();
        expect(spoiled.output).not.toContain("electron-log");
    } finally {
        await spoiled.stop("SIGKILL");
        for (const disk of [data, models]) unmount(disk);
    }
});

test("a text that is too long is said to be so, is not cut, and the line stays open", async ({
    page,
    spoiled,
    data,
}) => {
    writeFileSync(path.join(data, "settings.json"), '{ "hasFinishedFirstRun": true }');
    await page.goto(await spoiled.start());
    await page.keyboard.press("Control+3");
    const chat = new ChatPage(page);
    const text = "word ".repeat(60_000);
    await chat.composer().fill(text);
    await chat.composer().press("Enter");
    await expect(page.getByText(/This text has 300,000 characters, and Hearth takes 160,000 at once/)).toBeVisible();
    await expect(page.getByText(/The host is gone/)).toHaveCount(0);
    expect(await chat.composer().inputValue()).toBe(text);
});

test("a page whose link has run out says so, and comes back when a fresh link was opened", async ({
    page,
    context,
    spoiled,
    data,
}) => {
    const link = await spoiled.start();
    await page.goto(link);
    await expect(page.getByRole("main")).toBeVisible();
    await spoiled.stop();
    rmSync(path.join(data, "sessions.json"));
    const fresh = await spoiled.start(["--port", new URL(link).port]);
    expect(new URL(fresh).port).toBe(new URL(link).port);
    const said = page.getByRole("alert").filter({ hasText: "This page's link has run out." });
    await expect(said).toContainText("npx hearth link", { timeout: 15_000 });
    await expect(said.getByRole("button", { name: "Copy the command" })).toBeVisible();
    await (await context.newPage()).goto(fresh);
    await expect(said).toHaveCount(0, { timeout: 15_000 });
});

base.describe("with the practice model", () => {
    base.skip(!starterFile, whyNoStarter);
    const LONG = "Write a story about a lighthouse keeper and his dog, in ten chapters. Start with chapter 1.";

    base(
        "a disk that fills up while chatting: said, the question is not lost, and all goes on once there is room",
        async ({ page, host }) => {
            const data = path.join(host.folder, "data");
            base.skip(!mountDisk(data, "size=2m"), whyNoDisk);
            try {
                await page.goto(await host.start());
                await new FirstRunPage(page).tryPractice().click();
                const chat = new ChatPage(page);
                await chat.ask("What is the capital of France?");
                await expect(chat.speed()).toBeVisible({ timeout: 60_000 });
                fillUp(path.join(data, "ballast"));
                const question = "And of Italy? ".repeat(400).trim();
                await chat.composer().fill(question);
                await chat.composer().press("Enter");
                await expect(page.getByText(/The disk is full, so this could not be kept/).first()).toBeVisible();
                expect(await chat.composer().inputValue()).toBe(question);
                rmSync(path.join(data, "ballast"));
                await chat.ask("What is the capital of France?");
                await expect(chat.stop()).toHaveCount(0, { timeout: 60_000 });
                await expect(page.getByText("Paris").last()).toBeVisible({ timeout: 60_000 });
            } finally {
                await host.stop("SIGKILL");
                unmount(data);
            }
        },
    );

    base(
        "ended by two signals in the middle of an answer: all that the window showed is there at the next start",
        async ({ page, host, link }) => {
            await page.goto(link);
            await new FirstRunPage(page).tryPractice().click();
            const chat = new ChatPage(page);
            await chat.askUntil(LONG, 150);
            // As a terminal does with Ctrl+C: once to the whole group, and once more through `npm start`.
            const { pid } = host;
            process.kill(pid, "SIGINT");
            process.kill(pid, "SIGINT");
            await expect(page.getByText(/The host is gone/)).toBeVisible();
            const shown = await chat.answer().innerText();
            await host.stop();
            expect(existsSync(path.join(host.folder, "data", "hearth.db.clean"))).toBe(true);
            await page.goto(await host.start(["--port", new URL(link).port]));
            await page.keyboard.press("Control+3");
            await expect(page.getByText(/Hearth closed while this was being written/)).toBeVisible();
            // Word for word, up to what was shown; the last words may have come after the page lost the line.
            expect((await chat.answer().innerText()).startsWith(shown)).toBe(true);
        },
    );
});
