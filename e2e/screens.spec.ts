import path from "node:path";
import { starterFile, whyNoStarter } from "./hearth-host.ts";
import { expect, test } from "./hearth-test.ts";
import { expectNoSideways, forceColours, lookAt, walkThrough } from "./look.ts";
import { ChatPage } from "./pages/chat-page.ts";
import { FirstRunPage } from "./pages/first-run-page.ts";
import { seedChat } from "./seed-chat.ts";

// Where all cores are busy, axe alone takes its time.
test.describe.configure({ timeout: 180_000 });
// A trace keeps the page at every step, and the walks have hundreds.
test.use({ trace: "off" });

test("the first run, with its dialogs", async ({ page, link }) => {
    await page.goto(link);
    const firstRun = new FirstRunPage(page);
    await firstRun.plan();
    await lookAt(page, "first-run");
    await walkThrough(page, "first-run");
    await forceColours(page, "first-run");

    for (const [name, button] of [
        ["sum", "Why this one?"],
        ["correct", /Correct it/],
        ["library", /I already have models/],
    ] as const) {
        const opener = page.getByRole("button", { name: button });
        await opener.click();
        await expect(page.getByRole("dialog")).toBeVisible();
        await lookAt(page, name);
        await forceColours(page, name);
        await page.keyboard.press("Escape");
        await expect(opener, "the focus comes back").toBeFocused();
    }
});

test("home, the keys, and an empty chat", async ({ page, link }) => {
    await page.goto(link);
    const firstRun = new FirstRunPage(page);
    await firstRun.plan();
    await firstRun.lookAround().click();
    await expect(page.getByRole("navigation", { name: "Rooms" })).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await lookAt(page, "home");
    await walkThrough(page, "home");
    await forceColours(page, "home");

    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keys of this window" })).toBeVisible();
    await lookAt(page, "keys");
    await page.keyboard.press("Escape");

    await page.keyboard.press("Control+3");
    await expect(new ChatPage(page).composer()).toBeVisible();
    await lookAt(page, "chat");
    await walkThrough(page, "chat");
    await forceColours(page, "chat");
});

test("an answered chat, the address of its link, a failed answer, a lost host", async ({ page, host }) => {
    const chat = await seedChat(path.join(host.folder, "data"), { isBroken: true });
    await page.goto(await host.start());
    await page.goto(new URL(chat, page.url()).href);
    const link = page.getByRole("button", { name: /the guide/ });
    await expect(link).toBeVisible();
    await lookAt(page, "failed-answer");
    await walkThrough(page, "failed-answer");
    await forceColours(page, "failed-answer");
    await link.click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await lookAt(page, "address");
    await forceColours(page, "address");
    await page.keyboard.press("Escape");
    await host.stop();
    await expect(page.getByRole("alert").first()).toBeVisible();
    await lookAt(page, "lost-host");
});

test("by Tab and Enter alone from an empty profile to a first answer", async ({ page, link }) => {
    test.skip(!starterFile, whyNoStarter);
    await page.goto(link);
    await new FirstRunPage(page).plan();
    /** Presses Tab until the focus is where a button says so. */
    const tabTo = async (isThere: () => Promise<boolean>) => {
        for (let step = 0; step < 40 && !(await isThere()); step++) await page.keyboard.press("Tab");
        expect(await isThere()).toBe(true);
    };
    const focused = (name: RegExp) => () =>
        page.evaluate((source) => new RegExp(source).test(document.activeElement?.textContent ?? ""), name.source);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await tabTo(focused(/^Try the practice model$/));
    await page.keyboard.press("Enter");
    const chat = new ChatPage(page);
    await expect(chat.composer()).toBeFocused();
    const suggestion = (await chat.suggestions().last().textContent()) ?? "";
    await tabTo(() => page.evaluate((text) => document.activeElement?.textContent === text, suggestion));
    await page.keyboard.press("Enter");
    await expect(chat.copy()).toBeVisible({ timeout: 60_000 });
    await expect(chat.composer(), "the next question is typed here").toBeFocused();
    await lookAt(page, "answered");
    await walkThrough(page, "answered");
    await forceColours(page, "answered");
});

test("the gallery of every component and failure, and the pseudo-locale", async ({ page, link }) => {
    await page.goto(link);
    await new FirstRunPage(page).plan();
    await page.goto(new URL("/?gallery#/gallery", page.url()).href);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await lookAt(page, "gallery");
    await forceColours(page, "gallery");
    await page.goto(new URL("/?pseudo#/start", page.url()).href);
    await expect(page.getByRole("button").first()).toBeVisible();
    await expectNoSideways(page, "pseudo");
});
