import { readdirSync, readFileSync } from "node:fs";
import { starterFile, whyNoStarter } from "./hearth-host.ts";
import { expect, test } from "./hearth-test.ts";
import { ChatPage } from "./pages/chat-page.ts";
import { FirstRunPage } from "./pages/first-run-page.ts";

test.skip(!starterFile, whyNoStarter);
test.skip(process.platform !== "linux", "finds the engine's process in /proc");

/** The engine among the processes that the host started. */
function findEngine(hostPid: number): number | undefined {
    for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
        try {
            const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, "utf8"))?.[1];
            const isEngine = readFileSync(`/proc/${name}/cmdline`, "utf8").includes("engine.js");
            if (Number(parent) === hostPid && isEngine) return Number(name);
        } catch {
            // It ended while we looked.
        }
    }
    return undefined;
}

/** So long that the engine is surely still reading when it is killed; it fits half the conversation. */
const longQuestion = `${Array.from({ length: 500 }, (_, index) => `item ${index}`).join("\n")}\nWhat is this?`;

test("an engine killed three times stops, offers a shorter conversation, answers with it and remembers it", async ({
    page,
    host,
    link,
}) => {
    test.setTimeout(120_000);
    await page.goto(link);
    await new FirstRunPage(page).tryPractice().click();
    const chat = new ChatPage(page);
    const again = () => page.getByRole("button", { name: "Try again" }).last();
    await chat.ask(longQuestion);
    for (let death = 1; death <= 3; death++) {
        await expect(chat.phase("reading")).toBeVisible({ timeout: 30_000 });
        process.kill(findEngine(host.pid) ?? Number.NaN, "SIGKILL");
        if (death === 3) break;
        await expect(page.getByText("Another program ended the model. Memory had not run out.")).toHaveCount(death);
        await again().click();
    }

    const smaller = page.getByRole("button", { name: "Try with a shorter conversation" }).last();
    await expect(page.getByText(/The model stopped 3 times in two minutes/).last()).toBeVisible();
    await smaller.click();
    const kept = page.getByText(/remembers a shorter conversation now: 4,096 tokens/);
    await expect(kept).toBeVisible({ timeout: 30_000 });
    const answer = page.getByRole("article", { name: "SmolLM2 135M" }).last();
    await expect(answer).toHaveText(/\w+ \w+ \w+/, { timeout: 30_000 });
    await expect(answer).not.toContainText("The model stopped");
    await chat.stop().click();
    await expect(answer.getByRole("button", { name: "Copy answer" })).toBeVisible();

    // After a restart it is still so, until the reader wants it in full.
    await host.stop();
    await host.start();
    await page.reload();
    await chat.ask("What is the capital of France?");
    await expect(kept).toBeVisible({ timeout: 60_000 });
    await expect(chat.stop()).toBeHidden({ timeout: 60_000 });
    await page.getByRole("button", { name: "Use it in full again" }).click();
    await expect(kept).toBeHidden({ timeout: 30_000 });
});
