import { findEngine } from "./find-engine.ts";
import { starterFile, whyNoStarter } from "./hearth-host.ts";
import { expect, test } from "./hearth-test.ts";
import { ChatPage } from "./pages/chat-page.ts";
import { FirstRunPage } from "./pages/first-run-page.ts";

test.skip(!starterFile, whyNoStarter);
test.skip(process.platform !== "linux", "finds the engine's process in /proc");

/** Long enough that the engine is surely still busy with it when it is killed. */
const question = `${Array.from({ length: 40 }, (_, index) => `item ${index}`).join("\n")}\nWhat is this?`;

test("an engine killed three times stops, offers a shorter conversation, answers with it and remembers it", async ({
    page,
    host,
    link,
}) => {
    test.setTimeout(180_000);
    await page.goto(link);
    await new FirstRunPage(page).tryPractice().click();
    const chat = new ChatPage(page);
    await chat.ask(question);
    await expect(chat.phase("reading|writing")).toBeVisible({ timeout: 30_000 });
    const killed: number[] = [];
    for (;;) {
        // The next life is killed as soon as it is there.
        await expect.poll(() => findEngine(host.pid), { intervals: [20] }).toBeGreaterThan(0);
        const pid = findEngine(host.pid) ?? Number.NaN;
        process.kill(pid, "SIGKILL");
        if (killed.push(pid) === 3) break;
        const told = page.getByText("Another program ended the model. Memory had not run out.");
        await expect(told).toHaveCount(killed.length);
        await page.getByRole("button", { name: "Try again" }).last().click();
    }

    const smaller = page.getByRole("button", { name: "Try with a shorter conversation" }).last();
    await expect(page.getByText(/The model stopped 3 times in two minutes/).last()).toBeVisible();
    await smaller.click();
    const kept = page.getByText(/remembers a shorter conversation now: 4,096 tokens/);
    await expect(kept).toBeVisible({ timeout: 30_000 });
    const answer = page.getByRole("article", { name: "SmolLM2 135M" }).last();
    await expect(answer.getByRole("button", { name: "Copy answer" })).toBeVisible({ timeout: 60_000 });
    await expect(answer.locator("[dir=auto]")).toHaveText(/\w/);

    // After a restart it is still so, until the reader wants it in full.
    await host.stop();
    await page.goto(await host.start());
    await page.getByRole("link", { name: "Chat", exact: true }).click();
    await chat.ask("What is the capital of France?");
    await expect(kept).toBeVisible({ timeout: 60_000 });
    await expect(answer).toContainText("Paris", { timeout: 60_000 });
    await expect(chat.stop()).toBeHidden();
    await page.getByRole("button", { name: "Use it in full again" }).click();
    await expect(kept).toBeHidden({ timeout: 30_000 });
});
