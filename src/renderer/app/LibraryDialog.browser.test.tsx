import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { LibraryDialog } from "./LibraryDialog.tsx";
import { openRoom } from "./open-room.fixtures.tsx";
import { described, shippedCatalog } from "./room-machines.fixtures.ts";
import { localModel } from "./scripted-rooms.fixtures.ts";

const folders = { "home-of-me": ["Empty", "Models"], Models: ["a.gguf", "b.gguf", "Deeper"], Empty: [] };
const open = async () => {
    const used: string[] = [];
    await openRoom(<LibraryDialog onClose={() => undefined} onUse={(id) => void used.push(id)} />, {
        machine: described.laptop,
        catalog: shippedCatalog,
        models: [localModel("starter", { name: "SmolLM2 135M", isStarter: true })],
        folders,
    });
    return used;
};
const row = (name: string) => page.getByRole("row", { name: new RegExp(`^${name}`) });

test("by keyboard alone: into a folder, to a file, and on with it; the focus never falls out", async () => {
    const used = await open();
    await expect.element(page.getByText("1 model ready to use")).toBeVisible();
    await row("Your own files").click();
    await expect.element(row("Empty")).toHaveFocus();
    await userEvent.keyboard("{ArrowDown}{Enter}");
    await expect.element(page.getByText("2 model files here")).toBeVisible();
    await expect.element(row("a.gguf")).toHaveFocus();
    await userEvent.keyboard("{ArrowDown}{Enter}");
    await expect.element(page.getByRole("button", { name: "Chat with b.gguf" })).toHaveFocus();
    await expect.element(page.getByText("b.gguf is in the list above.")).toBeVisible();
    await userEvent.keyboard("{Enter}");
    expect(used).toEqual(["b.gguf"]);
});

test("an empty folder says what to look for, and leads back", async () => {
    await open();
    await row("Your own files").click();
    await row("Empty").click();
    await expect.element(page.getByText(/Model files end in .gguf; go back/)).toBeVisible();
    await page.getByRole("button", { name: "Back" }).click();
    await expect.element(page.getByText("No model files here, 2 folders")).toBeVisible();
});
