import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./hearth-test.ts";
import { FirstRunPage } from "./pages/first-run-page.ts";

const looks = [
    { name: "light", colorScheme: "light" },
    { name: "dark", colorScheme: "dark" },
] as const;
const sizes = [
    { width: 1280, height: 800 },
    { width: 480, height: 900 },
] as const;

async function lookAt(page: Page, name: string): Promise<void> {
    for (const { name: look, colorScheme } of looks) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(
            violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(", ")}`),
            `${name}, ${look}`,
        ).toEqual([]);
        for (const size of sizes) {
            await page.setViewportSize(size);
            await page.screenshot({ path: `test-results/screens/${name}-${look}-${size.width}.png` });
        }
        await page.setViewportSize(sizes[0]);
    }
    await page.setViewportSize({ width: 320, height: 700 });
    const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${name} scrolls sideways at 320 px`).toBeLessThanOrEqual(0);
    await page.setViewportSize(sizes[0]);
}

test("first run, home and chat: no finding by axe in light and dark, nothing sideways at 320 px", async ({
    page,
    link,
    watch,
}) => {
    await page.goto(link);
    const firstRun = new FirstRunPage(page);
    await firstRun.plan();
    await lookAt(page, "first-run");
    await firstRun.lookAround().click();
    await expect(page.getByRole("navigation")).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await lookAt(page, "home");
    await page.keyboard.press("Control+3");
    await expect(page.getByRole("textbox", { name: "Your message" })).toBeVisible();
    await lookAt(page, "chat");
    expect(watch.cspReports).toEqual([]);
});
