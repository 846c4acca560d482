import type { ElectronApplication } from "@playwright/test";
import { starterFile, whyNoStarter } from "../hearth-host.ts";
import { ChatPage } from "../pages/chat-page.ts";
import { FirstRunPage } from "../pages/first-run-page.ts";
import { seedChat } from "../seed-chat.ts";
import { expect, test, whyNoElectron } from "./electron-hearth.ts";

test.skip(whyNoElectron !== "", whyNoElectron);

/** Keeps what would be opened, in place of the system. */
const listen = (app: ElectronApplication) =>
    app.evaluate(({ shell }) => {
        const opened: string[] = [];
        Reflect.set(globalThis, "opened", opened);
        shell.openExternal = (address) => {
            opened.push(address);
            return Promise.resolve();
        };
    });
const heard = (app: ElectronApplication) => app.evaluate(() => Reflect.get(globalThis, "opened") as string[]);

test("an empty profile reaches a first answer, written by an engine in a process of its own", async ({ hearth }) => {
    test.skip(!starterFile, whyNoStarter);
    const { app, page } = await hearth.start();
    await new FirstRunPage(page).tryPractice().click();
    const chat = new ChatPage(page);
    await chat.ask("What is the capital of France?");
    await expect(chat.copy()).toBeVisible({ timeout: 45_000 });
    await expect(chat.transcript()).toContainText("Paris");
    const utilities = await app.evaluate((electron) =>
        electron.app
            .getAppMetrics()
            .filter(({ type, name }) => type === "Utility" && name === "Hearth")
            .map(({ pid }) => pid !== process.pid),
    );
    expect(utilities.length).toBeGreaterThan(0);
    expect(utilities).not.toContain(false);
});

test("what was being written when the window closed is there at the next start", async ({ hearth }) => {
    test.skip(!starterFile, whyNoStarter);
    const first = await hearth.start();
    await new FirstRunPage(first.page).tryPractice().click();
    const chat = new ChatPage(first.page);
    await chat.ask("Write a story about a lighthouse keeper and his dog, in ten chapters. Start with chapter 1.");
    await expect
        .poll(async () => (await chat.transcript().innerText()).length, { timeout: 30_000 })
        .toBeGreaterThan(300);
    const written = await chat.transcript().innerText();
    await hearth.close();
    const second = await hearth.start();
    await second.page.keyboard.press("Control+3");
    const again = new ChatPage(second.page);
    await expect(again.transcript()).toContainText(written.slice(100, 250));
});

test("a model's link opens through the one function, pressed any way, and the window stays (bar B8)", async ({
    hearth,
}) => {
    const link = "https://bread.example/guide";
    const chat = await seedChat(hearth.data, { link });
    const { app, page } = await hearth.start();
    await listen(app);
    await page.evaluate((hash) => (window.location.hash = hash), chat.slice(1));
    const written = page.getByRole("button", { name: /the guide/ });
    const dialog = page.getByRole("dialog", { name: "This link leaves Hearth" });
    for (const way of ["click", "middle", "control", "keyboard"] as const) {
        const before = (await heard(app)).length;
        await written.click();
        await expect(dialog.getByText(link)).toBeVisible();
        expect((await heard(app)).length, "nothing is opened before the button").toBe(before);
        const open = dialog.getByRole("link", { name: "Open in the browser" });
        if (way === "keyboard") await open.press("Enter");
        else if (way === "middle") await open.click({ button: "middle" });
        else await open.click(way === "control" ? { modifiers: ["Control"] } : {});
        await expect.poll(async () => (await heard(app)).length, way).toBe(before + 1);
        if (way === "middle") await page.keyboard.press("Escape");
        await expect(dialog).toHaveCount(0);
    }
    expect(new Set(await heard(app))).toEqual(new Set([link]));
    expect(app.windows()).toHaveLength(1);
    expect(page.url()).toMatch(/^app:\/\/bundle\//);
});

test("no other address reaches the system, however the page asks", async ({ hearth }) => {
    const { app, page } = await hearth.start();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await listen(app);
    for (const address of ["file:///etc/passwd", "smb://host/share", "ms-msdt:/id", "https://a@evil.example/"])
        expect(await page.evaluate((to) => window.open(to) === null, address)).toBe(true);
    // The last one is let through, and so says that the others have been looked at.
    await page.evaluate(() => window.open("https://example.org/"));
    await expect.poll(() => heard(app)).toEqual(["https://example.org/"]);
    expect(app.windows()).toHaveLength(1);
});
