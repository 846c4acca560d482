import { expect, type Page, test } from "@playwright/test";
import { hostileOutputs } from "../src/renderer/ui/hostile-output.fixtures.ts";
import { hostileFileNames, type HostileHost, startHostileHost } from "./hostile-host.ts";
import { ChatPage } from "./pages/chat-page.ts";
import { type Escapes, expectNothingEscaped } from "./watch-escapes.ts";

/** Ten of the outputs in `npm test`, all in `npm run bars`. */
const isBar = Number(process.env["HEARTH_BAR_REPEATS"] ?? 10) >= 50;
const step = isBar ? 1 : Math.ceil(hostileOutputs.length / 10);
const numbers = hostileOutputs.map((_, number) => number).filter((number) => number % step === 0);
/** Exchanges in one chat, so that a reload draws them all from the disk. */
const CHAT_LENGTH = 13;
/** Longer ones are typed in by nobody: the model writes them on a number. */
const MOST_TYPED_CHARACTERS = 4000;

let hostile: HostileHost;
test.beforeAll(async () => void (hostile = await startHostileHost()));
test.afterAll(() => hostile.dispose());

const answersOf = (page: Page) => page.getByRole("log").locator("article[data-state]");

/** Presses every copy button of the answers and returns what would be on the clipboard. */
async function copyAll(page: Page, escapes: Escapes): Promise<string[]> {
    const before = (await escapes.copied()).length;
    // All at once: a button that was pressed has another name.
    await new ChatPage(page).copy().evaluateAll((buttons: HTMLElement[]) => {
        for (const button of buttons) button.click();
    });
    return (await escapes.copied()).slice(before);
}

for (const look of ["light", "dark"] as const)
    test(`B7: hostile outputs and questions, streamed and from the disk, ${look}: text stays text`, async ({
        page,
    }) => {
        test.setTimeout(numbers.length * 10_000);
        expect(new Set(hostileOutputs).size).toBeGreaterThanOrEqual(250);
        test.info().annotations.push({
            type: "figures",
            description: `${numbers.length} outputs streamed and from the disk, ${look}, each typed as a question too where short`,
        });
        const escapes = await hostile.open(page, look);
        const chat = new ChatPage(page);
        for (let at = 0; at < numbers.length; at += CHAT_LENGTH) {
            const id = await hostile.openChat(page, escapes);
            const some = numbers.slice(at, at + CHAT_LENGTH);
            for (const [index, number] of some.entries()) {
                const output = hostileOutputs[number] ?? "";
                await chat.ask(output.length <= MOST_TYPED_CHARACTERS ? output : `output ${number}`);
                await expect(answersOf(page)).toHaveCount(index + 1, { timeout: 20_000 });
                await expect(answersOf(page).nth(index), `output ${number}`).toHaveAttribute("data-state", "complete", {
                    timeout: 30_000,
                });
            }
            const where = `outputs ${some.join(", ")}`;
            await expectNothingEscaped(escapes, `${where}, streamed`);
            const { messages } = await hostile.api.chats.get({ chatId: id });
            const sources = messages.filter(({ role }) => role === "assistant").map(({ text }) => text);
            // Half of a character cannot cross a line or be stored; all else is the model's, character for character.
            expect(sources).toEqual(some.map((number) => (hostileOutputs[number] ?? "").toWellFormed()));
            expect(await copyAll(page, escapes), where).toEqual(sources);
            await expectNothingEscaped(escapes, `${where}, copied`);

            escapes.unsettle();
            await page.reload();
            await expect(answersOf(page)).toHaveCount(some.length, { timeout: 30_000 });
            escapes.settle();
            expect(await copyAll(page, escapes), `${where}, from the disk`).toEqual(sources);
            await expectNothingEscaped(escapes, `${where}, from the disk`);
        }
    });

test("B7: hostile titles, file names and hardware names are text everywhere", async ({ page }) => {
    test.setTimeout(180_000);
    const escapes = await hostile.open(page, "light");
    const titles = hostileOutputs.filter((text) => text.trim() === text && text.length <= 200 && !text.includes("\n"));
    const chosen = isBar ? titles : titles.filter((_, index) => index % Math.ceil(titles.length / 10) === 0);
    test.info().annotations.push({
        type: "figures",
        description: `${chosen.length} titles, ${hostileFileNames.length} file names, a hardware name`,
    });
    for (const title of chosen) {
        const { id } = await hostile.api.chats.create();
        await hostile.api.chats.rename({ chatId: id, title });
    }
    const listed = await hostile.api.chats.list({});
    // A name loses the spaces at its ends, and nothing else.
    const kept = new Set(listed.map(({ title }) => title));
    expect(chosen.filter((title) => !kept.has(title.toWellFormed().trim()))).toEqual([]);
    const [newest, second] = listed;
    await page.goto(`${hostile.origin}/#/chat/${newest?.id ?? ""}`);
    await expect(new ChatPage(page).composer()).toBeEditable();
    escapes.settle();
    await expect(page.getByText(newest?.title ?? "").first()).toBeVisible();
    // The list of models holds the hostile file names.
    await page.getByRole("button", { name: /ready/ }).first().click();
    await expect(page.getByRole("menuitem")).toHaveCount(hostileFileNames.length + 1);
    await expect(page.getByText("javascript:alert(1)").first()).toBeVisible();
    await page.keyboard.press("Escape");
    // A deleted chat is named once more, by the line that takes it back.
    await page
        .getByRole("link", { name: second?.title.slice(0, 20) ?? "" })
        .first()
        .press("Delete");
    await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
    await expectNothingEscaped(escapes, "chats and models");
    for (const place of ["/#/", "/#/start"]) {
        escapes.unsettle();
        await page.goto(`${hostile.origin}${place}`);
        await page.reload();
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        escapes.settle();
        await expect(page.getByText(/img src=x onerror=alert/).first()).toBeVisible({ timeout: 30_000 });
        await expectNothingEscaped(escapes, place);
    }
});
