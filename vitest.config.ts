import { playwright } from "@vitest/browser-playwright";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { chromium } from "./e2e/chromium.ts";

export default defineConfig({
    test: {
        projects: [
            {
                extends: true,
                test: {
                    name: "node",
                    include: ["src/**/*.test.ts", "e2e/**/*.unit.test.ts", "docs/**/*.test.ts", "scripts/**/*.test.ts"],
                    exclude: [
                        "src/**/*.browser.test.ts",
                        "src/main/engine/**",
                        "src/main/services/engine/**",
                        "src/main/services/answers/**",
                    ],
                    testTimeout: 30_000,
                    maxWorkers: 2,
                },
            },
            {
                extends: true,
                test: {
                    // Native memory is at stake: one worker, one file after the other (stack.md 5.5).
                    name: "engine",
                    include: [
                        "src/main/engine/**/*.test.ts",
                        "src/main/services/engine/**/*.test.ts",
                        "src/main/services/answers/**/*.test.ts",
                    ],
                    fileParallelism: false,
                    execArgv: [],
                    testTimeout: 60_000,
                },
            },
            {
                extends: true,
                plugins: [react()],
                test: {
                    name: "browser",
                    include: ["src/renderer/**/*.browser.test.{ts,tsx}"],
                    browser: {
                        enabled: true,
                        headless: true,
                        screenshotFailures: false,
                        provider: playwright({ launchOptions: chromium }),
                        instances: [{ browser: "chromium" }],
                    },
                },
            },
        ],
    },
});
