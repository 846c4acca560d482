/**
 * Run by start.spec.ts, where it must be in a network of its own: starts the built host again and again on an empty profile
 * and opens its page. Prints as JSON how long each took from the command to a window that can be used.
 */
import { chromium as browser } from "@playwright/test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "./chromium.ts";
import { HearthHost } from "./hearth-host.ts";
import { connectTo } from "./host-client.ts";
import { prepareModels, startCircumstances, type StartReport } from "./start-circumstances.ts";

const circumstance = startCircumstances.find((name) => name === process.argv[2]) ?? "empty profile";
const starts = Number(process.argv[3] ?? 1);
const folder = mkdtempSync(path.join(tmpdir(), "hearth-start-"));
const window = await browser.launch(chromium);
const report: StartReport = { milliseconds: [], models: 0 };
try {
    const models = prepareModels(circumstance, folder);
    for (let start = 0; start < starts; start++) {
        const host = new HearthHost({ HEARTH_MODELS: models });
        const context = await window.newContext();
        try {
            const begun = performance.now();
            const link = await host.start();
            const page = await context.newPage();
            await page.goto(link);
            // Usable: the frame stands and a control of the first screen has taken a press of Tab.
            await page.getByRole("heading", { level: 1 }).waitFor();
            await page.getByRole("button").first().waitFor();
            await page.keyboard.press("Tab");
            await page.waitForFunction(() => document.activeElement !== document.body);
            report.milliseconds.push(performance.now() - begun);
            if (circumstance === "2,000 model files" && start === starts - 1) {
                const [session] = await context.cookies();
                const client = await connectTo(link, `${session?.name ?? ""}=${session?.value ?? ""}`);
                const listed = await client.api.models.list();
                report.models = listed.models.filter(({ isStarter }) => !isStarter).length;
                client.close();
            }
        } finally {
            await context.close();
            await host.dispose();
        }
    }
} finally {
    await window.close();
    rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`${JSON.stringify(report)}\n`);
