import { expect, test } from "@playwright/test";
import { HearthHost } from "./hearth-host.ts";
import { FirstRunPage } from "./pages/first-run-page.ts";

test("from Home to our pick and back: rail, way back, window title, and the focus on each heading", async ({
    page,
}) => {
    const host = new HearthHost({ HEARTH_STARTER: "none" });
    try {
        await page.goto(await host.start(["--machine", "resources/machines/laptop-8gb.json"]));
        const firstRun = new FirstRunPage(page);
        await firstRun.plan();
        await expect(page).toHaveTitle("Welcome · Hearth");
        await expect(page.getByRole("navigation", { name: "Rooms" })).toHaveCount(0);
        await firstRun.lookAround().click();
        await expect(page).toHaveTitle("Home · Hearth");
        await expect(firstRun.heading()).toBeFocused();

        await page.getByRole("link", { name: "See why" }).click();
        await expect(page).toHaveTitle("Our pick · Hearth");
        await expect(page.getByRole("navigation", { name: "Rooms" })).toBeVisible();
        await expect(firstRun.heading()).toBeFocused();
        await expect(page.getByRole("button", { name: "Why this one?" })).toBeVisible();

        await page.getByRole("link", { name: "Back to Home" }).click();
        await expect(page).toHaveTitle("Home · Hearth");
        await expect(firstRun.heading()).toBeFocused();

        await page.goto(`${new URL(page.url()).origin}/#/nowhere`);
        await expect(page).toHaveTitle("Not found · Hearth");
        await page.getByRole("main").getByRole("link", { name: "Go home" }).click();
        await expect(page).toHaveTitle("Home · Hearth");
    } finally {
        await host.dispose();
    }
});

test("every room in the gallery stands alone without a failure of the page", async ({ page }) => {
    test.setTimeout(120_000);
    const host = new HearthHost({ HEARTH_STARTER: "none" });
    const failures: string[] = [];
    page.on("pageerror", (error) => failures.push(error.message));
    try {
        await page.goto(await host.start(["--machine", "resources/machines/laptop-8gb.json"]));
        const origin = new URL(page.url()).origin;
        await page.goto(`${origin}/?gallery#/gallery`);
        const links = page.getByRole("main").getByRole("listitem").getByRole("link");
        await links.first().waitFor();
        const names = await links.allTextContents();
        expect(names.length).toBeGreaterThan(20);
        await page.setViewportSize({ width: 320, height: 700 });
        for (const name of names) {
            await page.goto(`${origin}/?gallery#/gallery/${name}`);
            await expect(page.getByRole("main").getByRole("heading", { level: 1 }), name).toBeVisible();
            const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
            expect(overflow, `${name} scrolls sideways at 320 px`).toBeLessThanOrEqual(0);
        }
        expect(failures).toEqual([]);
    } finally {
        await host.dispose();
    }
});
