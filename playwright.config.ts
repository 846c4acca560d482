import { defineConfig } from "@playwright/test";
import { chromium } from "./e2e/chromium.ts";

export default defineConfig({
    testDir: "e2e",
    testMatch: "**/*.spec.ts",
    workers: 1,
    timeout: 90_000,
    reporter: [["line"], ["json", { outputFile: "test-results/e2e.json" }]],
    outputDir: "test-results/e2e",
    forbidOnly: Boolean(process.env["CI"]),
    use: {
        launchOptions: chromium,
        viewport: { width: 1280, height: 800 },
        locale: "en-GB",
        trace: "retain-on-failure",
    },
});
