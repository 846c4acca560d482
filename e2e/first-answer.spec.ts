import { countPresses } from "./count-presses.ts";
import { starterFile, whyNoStarter } from "./hearth-host.ts";
import { expect, test } from "./hearth-test.ts";
import { ChatPage } from "./pages/chat-page.ts";
import { FirstRunPage } from "./pages/first-run-page.ts";

test.skip(!starterFile, whyNoStarter);

test("an empty profile reaches a first answer in two decisions and two presses", async ({ page, link, watch }) => {
    const presses = await countPresses(page);
    await page.goto(link);
    const firstRun = new FirstRunPage(page);

    await firstRun.plan();
    // Decision 1: the plan. Its button has the focus, so Enter is enough.
    await expect(firstRun.tryPractice()).toBeFocused();
    await expect(firstRun.heading()).toHaveText(/^(Yes|Just about|Not yet)/);
    await page.keyboard.press("Enter");

    // Decision 2: what to ask.
    const chat = new ChatPage(page);
    await expect(chat.composer()).toBeFocused();
    await chat.suggestions().last().click();

    await expect(chat.copy()).toBeVisible({ timeout: 45_000 });
    await expect(chat.speed()).toBeVisible();
    await expect(page.getByText(/Predicted .* words a second, measured\s\d+/)).toBeVisible();
    expect(await presses()).toBeLessThanOrEqual(2);
    expect(page.url()).not.toContain("key=");
    expect(watch.foreignRequests).toEqual([]);
});

test("a second turn goes on, and the chat is there after a restart of the host", async ({ page, host, link }) => {
    await page.goto(link);
    await new FirstRunPage(page).tryPractice().click();
    const chat = new ChatPage(page);
    await chat.ask("What is the capital of France?");
    await expect(chat.transcript()).toContainText("Paris", { timeout: 30_000 });
    await chat.ask("And of Italy?");
    await expect(chat.copy()).toHaveCount(2, { timeout: 30_000 });

    await host.stop();
    await expect(
        page
            .getByRole("alert")
            .filter({ hasText: /gone|lost/i })
            .first(),
    ).toBeVisible();
    await host.start();
    await page.reload();
    await expect(chat.transcript()).toContainText("Paris");
    await expect(chat.transcript()).toContainText("And of Italy?");
});
