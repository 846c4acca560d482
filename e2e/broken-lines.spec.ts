import { findEngine } from "./find-engine.ts";
import { starterFile, whyNoStarter } from "./hearth-host.ts";
import { expect, test } from "./hearth-test.ts";
import { ChatPage } from "./pages/chat-page.ts";
import { FirstRunPage } from "./pages/first-run-page.ts";

test.skip(!starterFile, whyNoStarter);

const LONG = "Write a story about a lighthouse keeper and his dog, in ten chapters. Start with chapter 1.";

test("the engine killed in the middle of an answer: the text is kept, and the next message works", async ({
    page,
    host,
    link,
}) => {
    test.skip(process.platform !== "linux", "finds the engine's process in /proc");
    await page.goto(link);
    await new FirstRunPage(page).tryPractice().click();
    const chat = new ChatPage(page);
    await chat.askUntil(LONG, 100);
    await expect(chat.stop()).toBeVisible();
    process.kill(findEngine(host.pid) ?? Number.NaN, "SIGKILL");

    await expect(page.getByText(/Your text is safe/).first()).toBeVisible({ timeout: 5000 });
    expect((await chat.transcript().innerText()).length).toBeGreaterThan(LONG.length + 100);
    await chat.ask("What is the capital of France?");
    await expect(chat.transcript()).toContainText("Paris", { timeout: 30_000 });
});

test("a reload and a second tab in the middle of an answer miss nothing", async ({ page, context, link }) => {
    await page.goto(link);
    await new FirstRunPage(page).tryPractice().click();
    const chat = new ChatPage(page);
    await chat.askUntil(LONG, 100);
    await page.reload();
    await expect(chat.stop()).toBeVisible();

    const second = new ChatPage(await context.newPage());
    await second.page.goto(page.url());
    await expect(second.stop()).toBeVisible();
    await chat.stop().click();
    await expect(second.send()).toBeVisible();
    await expect(chat.send()).toBeVisible();
    await expect.poll(() => second.transcript().innerText()).toBe(await chat.transcript().innerText());
});
