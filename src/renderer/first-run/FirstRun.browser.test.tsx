import { beforeEach, describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { openRoom } from "../app/open-room.fixtures.tsx";
import { answerOn, asHere, described, shippedCatalog } from "../app/room-machines.fixtures.ts";
import { localModel, type RoomScript } from "../app/scripted-rooms.fixtures.ts";
import { FirstRun } from "./FirstRun.tsx";

const starter = localModel("starter", { name: "SmolLM2 135M", isStarter: true });
const desktop = asHere(described.desktop);
const laptop = asHere(described.laptop);
const open = (changes: Partial<RoomScript> = {}, isAgain = false) =>
    openRoom(<FirstRun isAgain={isAgain} />, {
        machine: desktop,
        catalog: shippedCatalog,
        models: [starter],
        ...changes,
    });
const button = (name: string | RegExp) => page.getByRole("button", { name });
const dialog = () => page.getByRole("dialog");

beforeEach(() => page.viewport(1280, 800));

describe("why a plan is another one", () => {
    test("a slow answer that turned the verdict is named, with what was said before", async () => {
        await open({ machine: laptop, runs: [answerOn(laptop, 30)] });
        await expect
            .element(
                page.getByText(/^Your last answer was slower than we predicted: 23 words a second, and we had said/),
            )
            .toBeVisible();
        await expect.element(page.getByText(/our pick is now|is now “|Before, we said/)).toBeVisible();
    });

    test("an answer as predicted explains nothing", async () => {
        await open({ machine: laptop, runs: [answerOn(laptop, 100)] });
        await expect.element(button("Why this one?")).toBeVisible();
        expect(page.getByText(/than we predicted/).elements()).toEqual([]);
    });
});

describe("corrections", () => {
    test("the form starts from what is shown, and a corrected value has an undo of its own", async () => {
        const host = await open();
        await button("Something wrong? Correct it").click();
        const speed = page.getByLabelText("Memory speed, GB a second", { exact: true });
        expect((speed.element() as HTMLInputElement).value).not.toBe("");
        await page.getByLabelText("Main memory, GB").fill("64");
        await page.getByLabelText("Processor cores").fill("16");
        await button("Use these values").click();
        await expect.element(page.getByText("Main memory is 64 GB now, as you say.")).toBeVisible();
        await expect.element(page.getByText("The processor has 16 cores now, as you say.")).toBeVisible();

        await button(/^Undo: Main memory/).click();
        await expect.poll(() => page.getByText(/Main memory is 64/).elements()).toEqual([]);
        expect(host.corrected.at(-1)).toEqual({ memoryTotalBytes: null });
        await expect.element(page.getByText(/, 16\u00a0cores/).first()).toBeVisible();
    });

    test("an answered doubt leaves its mark, and ours can be put back in place", async () => {
        const host = await open({ machine: described.apu });
        await button("No").click();
        await expect.element(page.getByText("The graphics card has memory of its own, as you say.")).toBeVisible();
        await expect.element(page.getByText("corrected by you").first()).toBeVisible();
        await button("Put ours back: Graphics card").first().click();
        await expect.poll(() => page.getByText("corrected by you").elements()).toEqual([]);
        expect(host.corrected.at(-1)).toMatchObject({ gpuIsUnified: null });
        await expect.element(button("Yes, shared")).toBeVisible();
    });
});

describe("the sum", () => {
    const figure = (row: string) =>
        Number(
            dialog()
                .getByRole("row", { name: new RegExp(`^${row}`) })
                .first()
                .element().children[1]?.textContent,
        );

    test("adds up as it is shown, in one unit, down to what is left", async () => {
        await open({ machine: laptop });
        await button("Why this one?").click();
        const parts = dialog().getByRole("rowheader").elements();
        const names = parts.map(({ textContent }) => textContent);
        const before = names.slice(0, names.indexOf("Together")).map((name) => figure(name));
        const sum = before.reduce((total, each) => total + (Number.isNaN(each) ? 0 : each), 0);
        expect(sum).toBeCloseTo(figure("Together"), 5);
        expect(figure("Free now") - figure("Kept free")).toBeCloseTo(figure("You can use"), 5);
        expect(figure("You can use") - figure("Together")).toBeCloseTo(figure("Left over"), 5);
        expect(dialog().element().textContent).not.toMatch(/GiB[^.]/);
    });

    test("the smaller and the larger model show theirs", async () => {
        await open();
        await button(/^Smaller and faster/).click();
        await expect.element(dialog().getByText(/needs less memory than our pick/)).toBeVisible();
        await userEvent.keyboard("{Escape}");
        await expect.element(button(/^Smaller and faster/)).toHaveFocus();
    });

    test("a word explains itself where it stands, pressed or rested on, and Esc closes it before the dialog", async () => {
        await open();
        await button("Why this one?").click();
        const meaning = dialog().getByText(/a piece of a word. A model reads/);
        expect(meaning.elements().filter((each) => each.matches(":popover-open"))).toEqual([]);
        await dialog().getByRole("button", { name: "token" }).click();
        await expect.element(meaning).toBeVisible();
        await userEvent.keyboard("{Escape}");
        await expect.element(meaning).not.toBeVisible();
        await expect.element(dialog()).toBeVisible();
    });
});

describe("a card the plan goes without", () => {
    test("one that is taken is said to be, and what to do", async () => {
        await open({ machine: asHere(described.cardTaken) });
        await expect.element(page.getByText(/Other programs hold 11.GB of the graphics card's 12.GB/)).toBeVisible();
        await expect.element(page.getByText(/Close what uses the graphics card/)).toBeVisible();
        await expect.element(button("Scan again")).toBeVisible();
    });

    test("one of unknown speed asks for it", async () => {
        await open({ machine: asHere(described.unknownCard) });
        await button("Tell its speed").click();
        await page.getByLabelText("Graphics memory speed, GB a second").fill("448");
        await button("Use these values").click();
        await expect.poll(() => page.getByText(/No table of ours knows/).elements()).toEqual([]);
        await expect.element(page.getByText("Graphics memory reads 448 GB a second now, as you say.")).toBeVisible();
    });
});

describe("what cannot be read", () => {
    test("a machine that is none has its sentence, a heading and two ways on", async () => {
        await open({ machine: { code: "MACHINE_DAMAGED", data: { field: "memory" } } });
        await expect.element(page.getByRole("alert")).toBeVisible();
        await expect.element(page.getByRole("heading", { level: 1, name: /^We could not read/ })).toBeVisible();
        await expect.element(button("Let me look around")).toBeVisible();
    });

    test("a damaged catalog leaves the facts", async () => {
        await open({ catalog: { code: "CATALOG_DAMAGED", data: { field: "x" } } });
        await expect.element(page.getByRole("heading", { level: 1, name: /can't say yet what runs/ })).toBeVisible();
        await expect.element(page.getByText(/, \S+.GB free/).first()).toBeVisible();
    });
});

test("when Home leads back, there is a way back, and the button does not take the focus", async () => {
    await open({ hasFinishedFirstRun: true }, true);
    await expect.element(page.getByRole("link", { name: "Back to Home" })).toBeVisible();
    await expect.element(button("Try the practice model")).not.toHaveFocus();
    expect(button(/Let me look around/).elements()).toEqual([]);
});
