// Start of the built app through the web host: command to interactive page, scan, resident memory with a model loaded.
import { chromium as browser } from "@playwright/test";
import { readFileSync } from "node:fs";
import { chromium } from "../e2e/chromium.ts";
import { HearthHost, starterFile } from "../e2e/hearth-host.ts";

const RUNS = 5;
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const residentMegabytes = (pid: number) =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1000;

const window = await browser.launch(chromium);
const ready: number[] = [];
const scans: number[] = [];
for (let run = 0; run < RUNS; run++) {
    const host = new HearthHost();
    try {
        const begun = performance.now();
        const link = await host.start();
        const page = await window.newPage();
        await page.goto(link);
        await page.getByRole("main").waitFor();
        ready.push(performance.now() - begun);
        const scanned = await page.getByText(/Scanned in [\d.]+ seconds/).innerText();
        scans.push(Number(/[\d.]+/.exec(scanned)?.[0]));
        if (run === RUNS - 1 && starterFile) {
            await page.getByRole("button", { name: "Try the practice model" }).click();
            await page.getByText("ready").first().waitFor();
            console.log(`host process with a model loaded: ${residentMegabytes(host.pid).toFixed(0)} MB (goal 200)`);
        }
        await page.close();
    } finally {
        await host.dispose();
    }
}
await window.close();
console.log(`start command to interactive page, median of ${RUNS}: ${(median(ready) / 1000).toFixed(2)} s (goal 1.5)`);
console.log(`scan, median of ${RUNS}: ${median(scans).toFixed(1)} s (goal 2)`);
