import { once } from "node:events";
import type { Page } from "@playwright/test";
import { expect, test, whyNoElectron } from "./electron-hearth.ts";

test.skip(whyNoElectron !== "", whyNoElectron);

const heading = (page: Page) => page.getByRole("heading", { level: 1 });

test("the window shows the first screen, and its page has no Node (bar B16)", async ({ hearth }) => {
    const { page } = await hearth.start();
    await expect(heading(page)).toBeVisible();
    expect(page.url()).toMatch(/^app:\/\/bundle\//);
    const node = ["process", "require", "Buffer", "module", "ipcRenderer", "electron"];
    expect(await page.evaluate((names) => names.filter((name) => Reflect.has(window, name)), node)).toEqual([]);
});

test("the window goes nowhere, asks the network nothing, and gets no permission (bar B16)", async ({ hearth }) => {
    const { page } = await hearth.start();
    await expect(heading(page)).toBeVisible();
    await page.evaluate(() => window.location.assign("https://example.org"));
    await page.evaluate(() => window.location.assign("file:///etc/hostname"));
    expect(page.url()).toMatch(/^app:\/\/bundle\//);
    const reached = await page.evaluate(async () => {
        const said = await fetch("https://example.org").catch(() => "refused");
        const asked = await Notification.requestPermission();
        const camera = await navigator.mediaDevices?.getUserMedia({ video: true }).catch(() => "refused");
        return [said, asked, camera ?? "refused"];
    });
    expect(reached).toEqual(["refused", "denied", "refused"]);
});

test("the window opens where it was closed", async ({ hearth }) => {
    const first = await hearth.start();
    await expect(heading(first.page)).toBeVisible();
    const bounds = { x: 60, y: 50, width: 700, height: 640 };
    const placed = await first.app.evaluate(({ BrowserWindow }, wanted) => {
        const [window] = BrowserWindow.getAllWindows();
        window?.setBounds(wanted);
        return window?.getNormalBounds();
    }, bounds);
    await hearth.close();
    const second = await hearth.start();
    await expect(heading(second.page)).toBeVisible();
    const found = await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds());
    expect(found).toEqual(placed);
});

test("a second start brings the first window back and ends", async ({ hearth }) => {
    const { app, page } = await hearth.start();
    await expect(heading(page)).toBeVisible();
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
    const second = hearth.startAgain();
    const [code] = (await once(second, "exit")) as [number | null];
    expect(code).toBe(0);
    await expect
        .poll(() =>
            app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((each) => each.isMinimized())),
        )
        .toEqual([false]);
});
