import { expect, test } from "@playwright/test";
import { HearthHost } from "./hearth-host.ts";
import { FirstRunPage } from "./pages/first-run-page.ts";

test("without the practice model Hearth opens, scans, predicts, and says what is missing", async ({ page }) => {
    const host = new HearthHost({ HEARTH_STARTER: "none" });
    try {
        await page.goto(await host.start());
        const firstRun = new FirstRunPage(page);
        await firstRun.plan();
        await expect(firstRun.heading()).toHaveText(/^(Yes|Just about|Not yet)/);
        await expect(firstRun.pick()).toBeVisible();
        await expect(page.getByText(/The practice model is not here/)).toBeVisible();
        await expect(page.getByRole("button", { name: "Use a file I have" })).toBeFocused();
        await expect(firstRun.tryPractice()).toHaveCount(0);
    } finally {
        await host.dispose();
    }
});

test("a described machine says so, by its name, on every screen with figures", async ({ page }) => {
    const host = new HearthHost({ HEARTH_STARTER: "none" });
    try {
        await page.goto(await host.start(["--machine", "resources/machines/desktop-32gb-8gb-card.json"]));
        const said = page.getByRole("note").filter({ hasText: /^A described computer: 32 GB desktop/ });
        await expect(said).toBeVisible();
        await page.getByRole("button", { name: /Let me look around/ }).click();
        await expect(page.getByRole("heading", { level: 2, name: /^32 GB desktop/ })).toBeVisible();
        await expect(page.getByText(/This computer|Scanned at/)).toHaveCount(0);
        await expect(said).toBeVisible();
        await page.keyboard.press("Control+3");
        await expect(page.getByRole("textbox", { name: "Your message" })).toBeVisible();
        await expect(said).toBeVisible();
    } finally {
        await host.dispose();
    }
});
