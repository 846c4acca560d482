/**
 * Run by silence.spec.ts in a network of its own (quiet-network.ts): a first run, a scan, a chat and typing in every field.
 * Prints how many packets left for another computer as JSON.
 */
import { chromium as browser, expect, type Page } from "@playwright/test";
import dgram from "node:dgram";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { tinyModel } from "../src/main/engine/tiny-model.fixtures.ts";
import { chromium } from "./chromium.ts";
import { HearthHost, starterFile } from "./hearth-host.ts";
import { ChatPage } from "./pages/chat-page.ts";
import { FirstRunPage } from "./pages/first-run-page.ts";

/** Looks like an address, a name and a number, so that whatever looks such things up would. */
const TYPED = "https://typed.example/?q=1";

/** Packets sent so far on every interface but loopback. */
function readPackets(): number {
    const lines = readFileSync("/proc/net/dev", "utf8").split("\n").slice(2);
    const interfaces = lines.map((line) => line.trim().split(/[:\s]+/)).filter(([name]) => name && name !== "lo");
    return interfaces.reduce((sum, fields) => sum + Number(fields[10] ?? 0), 0);
}

/** Types into every field that is there and leaves it again. */
async function typeEverywhere(page: Page): Promise<number> {
    const fields = await page.locator("input:visible:not([type=checkbox]):not([type=radio]), textarea:visible").all();
    for (const field of fields) {
        await field.click();
        await field.pressSequentially(TYPED);
    }
    return fields.length;
}

const folder = process.argv[2] ?? "";
const host = new HearthHost({ HEARTH_MODELS: path.join(folder, "models") });
mkdirSync(path.join(folder, "models"));
writeFileSync(path.join(folder, "models", "tiny.gguf"), tinyModel());

const before = readPackets();
// The browser asks its maker for updates and form hints by itself; without names it cannot. What the page asks for is
// watched by its requests, which are told before any name is looked up.
const window = await browser.launch({
    ...chromium,
    args: [...chromium.args, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
});
const foreign: string[] = [];
let fields = 0;
try {
    const page = await window.newPage();
    page.setDefaultTimeout(60_000);
    page.on("request", (request) => {
        if (new URL(request.url()).hostname !== "127.0.0.1") foreign.push(request.url());
    });
    await page.goto(await host.start());
    const firstRun = new FirstRunPage(page);
    await firstRun.heading().waitFor();
    await firstRun.lookAround().click();
    const scanAgain = page.getByRole("button", { name: "Scan again" }).first();
    await scanAgain.click();
    await expect(scanAgain).toBeEnabled({ timeout: 30_000 });
    await page.getByRole("button", { name: "Correct it" }).first().click();
    await page.getByRole("dialog").getByRole("textbox").first().waitFor();
    fields += await typeEverywhere(page);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("Control+3");
    const chat = new ChatPage(page);
    await chat.composer().waitFor();
    await page.getByRole("button", { name: /model/i }).first().click();
    await page
        .getByRole("menuitem")
        .filter({ hasText: starterFile ? "practice" : "tiny" })
        .first()
        .click();
    await page.getByText("ready").first().waitFor();
    await chat.composer().pressSequentially(`${TYPED} `);
    await chat.composer().press("Enter");
    fields += 1;
    await expect(chat.copy()).toHaveCount(1, { timeout: 120_000 });
    const row = page.getByRole("listitem").getByRole("link").first();
    await row.press("F2");
    await page.getByRole("textbox", { name: "New name for this chat" }).pressSequentially(TYPED);
    await page.keyboard.press("Enter");
    fields += 1;
    await page.close();
} finally {
    await window.close();
    await host.stop();
}
const sent = readPackets() - before;

// One packet that does leave, so that a silent counter is known to hear.
const socket = dgram.createSocket("udp4");
await new Promise((resolve) => socket.send("x", 9, "198.51.100.1", resolve));
socket.close();
const heard = readPackets() - before - sent;
process.stdout.write(`${JSON.stringify({ sent, heard, fields, foreign })}\n`);
await host.dispose();
