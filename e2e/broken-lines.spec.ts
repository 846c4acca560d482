import { execFileSync } from "node:child_process";
import { starterFile, whyNoStarter } from "./hearth-host.ts";
import { expect, test } from "./hearth-test.ts";
import { ChatPage } from "./pages/chat-page.ts";
import { FirstRunPage } from "./pages/first-run-page.ts";

test.skip(!starterFile, whyNoStarter);

const LONG = "Write a story about a lighthouse keeper and his dog, in ten chapters. Start with chapter 1.";

/** Process ids of the engine, a child of the host. */
function enginePids(hostPid: number): number[] {
    const list = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(hostPid)], { encoding: "utf8" });
    return list
        .split("\n")
        .filter((line) => line.includes("engine.js"))
        .map((line) => Number(line.trim().split(/\s+/)[0]));
}

test("the engine killed in the middle of an answer: the text is kept, and the next message works", async ({
    page,
    host,
    link,
}) => {
    await page.goto(link);
    await new FirstRunPage(page).tryPractice().click();
    const chat = new ChatPage(page);
    await chat.ask(LONG);
    await expect(chat.stop()).toBeVisible();
    await expect(chat.transcript()).toContainText(/\w+ \w+ \w+ \w+/, { timeout: 30_000 });
    await expect
        .poll(async () => (await chat.transcript().innerText()).length, { timeout: 30_000 })
        .toBeGreaterThan(LONG.length + 100);
    for (const pid of enginePids(host.pid)) process.kill(pid, "SIGKILL");

    await expect(page.getByText(/Your text is safe/).first()).toBeVisible({ timeout: 5000 });
    expect((await chat.transcript().innerText()).length).toBeGreaterThan(LONG.length + 100);
    await chat.ask("What is the capital of France?");
    await expect(chat.transcript()).toContainText("Paris", { timeout: 30_000 });
});

test("a reload and a second tab in the middle of an answer miss nothing", async ({ page, context, link }) => {
    await page.goto(link);
    await new FirstRunPage(page).tryPractice().click();
    const chat = new ChatPage(page);
    await chat.ask(LONG);
    await expect
        .poll(async () => (await chat.transcript().innerText()).length, { timeout: 30_000 })
        .toBeGreaterThan(LONG.length + 100);
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
