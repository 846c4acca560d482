import { expect, type Locator, type Page, test } from "@playwright/test";
import { hostileLinks } from "../src/renderer/ui/hostile-output.fixtures.ts";
import { type HostileHost, startHostileHost } from "./hostile-host.ts";
import { ChatPage } from "./pages/chat-page.ts";
import { type Escapes, expectNothingEscaped } from "./watch-escapes.ts";

/** In `npm test` every tenth text with an address, all in `npm run bars`. */
const isBar = Number(process.env["HEARTH_BAR_REPEATS"] ?? 10) >= 50;
const CHAT_LENGTH = 14;
const texts = hostileLinks.filter((_, index) => isBar || index % 10 === 0);

let hostile: HostileHost;
test.beforeAll(async () => void (hostile = await startHostileHost()));
test.afterAll(() => hostile.dispose());

const dialogOf = (page: Page) => page.getByRole("dialog", { name: "This link leaves Hearth" });

/** Each way to press a thing, and whether it is one that acts. */
const ways: [name: string, press: (target: Locator) => Promise<void>, acts: boolean][] = [
    ["left", (target) => target.click(), true],
    ["middle", (target) => target.click({ button: "middle" }), false],
    ["Control", (target) => target.click({ modifiers: ["Control"] }), true],
    ["Enter", (target) => target.press("Enter"), true],
    ["right", (target) => target.click({ button: "right" }), false],
];

/** Presses one link in every way, then opens its address in every way. Returns the address it showed. */
async function pressEveryWay(page: Page, link: Locator, escapes: Escapes): Promise<string> {
    const dialog = dialogOf(page);
    let address = "";
    for (const [name, press, acts] of ways) {
        await press(link);
        if (!acts) {
            await expect(dialog, name).toHaveCount(0);
            continue;
        }
        await expect(dialog, name).toBeVisible();
        const open = dialog.getByRole("link");
        address = (await open.getAttribute("href")) ?? "";
        await expect(dialog.getByText(new URL(address).host, { exact: true })).toBeVisible();
        await page.keyboard.press("Escape");
        await expect(dialog).toHaveCount(0);
    }
    await expectNothingEscaped(escapes, address);
    for (const [name, press, acts] of ways.slice(0, 4)) {
        await link.click();
        await press(dialog.getByRole("link"));
        await expect.poll(() => escapes.opened, `${address} by ${name}`).toHaveLength(1);
        const [opened = ""] = escapes.opened.splice(0);
        expect(opened).toBe(`${address} opener null`);
        if (!acts) await page.keyboard.press("Escape");
        await expect(dialog).toHaveCount(0);
    }
    // The windows that were opened asked for their own address, and nothing of ours did.
    await expectNothingEscaped(escapes, `${address}, opened`);
    return address;
}

test("B8: every link, pressed in every way, shows its host first and opens nothing but http and https", async ({
    page,
}) => {
    test.setTimeout(texts.length * 30_000);
    const escapes = await hostile.open(page, "light");
    const chat = new ChatPage(page);
    const answers = page.getByRole("log").locator("article[data-state]");
    const addresses: string[] = [];
    for (let at = 0; at < texts.length; at += CHAT_LENGTH) {
        await hostile.openChat(page, escapes);
        for (const [index, text] of texts.slice(at, at + CHAT_LENGTH).entries()) {
            await chat.ask(text);
            const answer = answers.nth(index);
            await expect(answer).toHaveAttribute("data-state", "complete", { timeout: 30_000 });
            for (const link of await answer.locator("button[aria-haspopup=dialog]").all())
                addresses.push(await pressEveryWay(page, link, escapes));
        }
        // What is left as a real link leads only within the window.
        for (const link of await page.locator("a[href]").all()) expect(await link.getAttribute("href")).toMatch(/^#\//);
        await expectNothingEscaped(escapes, `texts from ${at}`);
    }
    test.info().annotations.push({
        type: "figures",
        description: `${addresses.length} links in ${texts.length} texts, each pressed in 5 ways and its address opened in 4`,
    });
    expect(addresses.length).toBeGreaterThan(isBar ? 20 : 1);
    expect([...new Set(addresses.map((address) => new URL(address).protocol))].toSorted()).toEqual(["http:", "https:"]);
});
