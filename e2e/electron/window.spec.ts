import { _electron, expect, test } from "@playwright/test";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const folder = path.join(root, "node_modules", "electron");
const pathFile = path.join(folder, "path.txt");
const binary = existsSync(pathFile) ? path.join(folder, "dist", readFileSync(pathFile, "utf8")) : "";

test.skip(!binary || !existsSync(binary), "Electron's runtime is not on this machine");

test("the window shows the first screen, has no Node, opens nothing and goes nowhere", async () => {
    const profile = mkdtempSync(path.join(tmpdir(), "hearth-electron-"));
    const app = await _electron.launch({
        executablePath: binary,
        args: [root],
        env: { ...process.env, HEARTH_DATA: path.join(profile, "data"), HEARTH_MODELS: path.join(profile, "models") },
    });
    try {
        const page = await app.firstWindow();
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        expect(page.url()).toMatch(/^app:\/\/bundle\//);
        expect(
            await page.evaluate(() => ["process", "require", "Buffer"].filter((name) => Reflect.has(window, name))),
        ).toEqual([]);
        expect(await page.evaluate(() => window.open("https://example.org") === null)).toBe(true);
        await page.evaluate(() => window.location.assign("https://example.org"));
        expect(page.url()).toMatch(/^app:\/\/bundle\//);
        const versions = await app.evaluate(() => ({
            node: process.versions.node,
            electron: process.versions["electron"],
        }));
        expect(versions.electron).toBeTruthy();
    } finally {
        await app.close();
        rmSync(profile, { recursive: true, force: true });
    }
});
