import { beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { openRoom } from "../app/open-room.fixtures.tsx";
import { answerOn, asHere, described, shippedCatalog } from "../app/room-machines.fixtures.ts";
import { localModel, type RoomScript } from "../app/scripted-rooms.fixtures.ts";
import { Home } from "./Home.tsx";

const laptop = asHere(described.laptop);
const open = (changes: Partial<RoomScript> = {}) =>
    openRoom(<Home />, {
        machine: laptop,
        catalog: shippedCatalog,
        models: [localModel("starter", { name: "SmolLM2 135M", isStarter: true })],
        hasFinishedFirstRun: true,
        ...changes,
    });
const heading = (level: number, name: RegExp) => page.getByRole("heading", { level, name });

beforeEach(() => page.viewport(1280, 800));

test("a verdict that an answer turned says so, beside what was predicted and measured", async () => {
    await open({ runs: [answerOn(laptop, 30)] });
    await expect.element(page.getByText(/^Your last answer was slower than we predicted/)).toBeVisible();
    await expect.element(page.getByText(/measured 23\. Slower than we said/)).toBeVisible();
});

test("a described computer goes by its name, is never this computer, and was never scanned or measured", async () => {
    await open({ machine: described.laptop, runs: [answerOn(laptop, 30)] });
    await expect.element(heading(1, /^It runs small models well/)).toBeVisible();
    await expect.element(heading(2, /^8 GB laptop without graphics card/)).toBeVisible();
    await expect.element(page.getByRole("button", { name: "Read its file again" })).toBeVisible();
    expect(page.getByText(/This computer|this computer|Scanned at|than we predicted/).elements()).toEqual([]);
});

test("ten answers show their spread, to the eye and to the ear", async () => {
    const answers = Array.from({ length: 10 }, (_, index) => answerOn(laptop, 90 + index));
    await open({ runs: answers });
    await expect.element(page.getByText(/Most answers came at/)).toBeVisible();
    await expect.element(page.getByRole("img", { name: /Most answers/ })).toBeVisible();
});

test("where nothing fits, the way on is to free memory and scan again", async () => {
    const freeBytes = { ...laptop.memory.freeBytes, value: 600 * 2 ** 20 };
    await open({ machine: { ...laptop, memory: { ...laptop.memory, freeBytes } } });
    await expect.element(heading(1, /has no room for a model now/)).toBeVisible();
    await expect.element(page.getByText(/Close programs you do not need now/)).toBeVisible();
});

test("chats that could not be read leave the rest of Home, and can be asked for again", async () => {
    await open({ chats: { code: "STORAGE_DIED", data: {} } });
    await expect.element(page.getByRole("alert").getByRole("button", { name: "Try again" })).toBeVisible();
    await expect.element(heading(1, /^This computer runs/)).toBeVisible();
});
