// npm test: sets everything up, checks, runs every runner, and ends with one line that sums them.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { fetchStarter } from "./fetch-starter.mjs";
import { root, run, runTool } from "./tools.mjs";

const results = path.join(root, "test-results");

/** Debian's Chromium; elsewhere Playwright's own or the system's must be there. */
function provideBrowser() {
    if (existsSync("/usr/bin/chromium") || !existsSync("/usr/bin/apt-get")) return;
    const isRoot = process.getuid?.() === 0;
    if (!isRoot) {
        console.error("Chromium is missing. Install it with: sudo apt-get install chromium");
        return;
    }
    run("apt-get", ["update", "-qq"]);
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-core"]);
}

function readJson(name) {
    const file = path.join(results, name);
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** Sums vitest's and Playwright's reports; a runner without a report counts as one failure. */
function sum(ranEnd2End) {
    const total = { passed: 0, failed: 0, skipped: 0 };
    const unit = readJson("unit.json");
    if (unit) {
        total.passed += unit.numPassedTests;
        total.failed += unit.numFailedTests + (unit.success ? 0 : Number(unit.numFailedTests === 0));
        total.skipped += unit.numPendingTests + unit.numTodoTests;
    } else total.failed += 1;
    const e2e = readJson("e2e.json");
    if (e2e) {
        total.passed += e2e.stats.expected + e2e.stats.flaky;
        total.failed += e2e.stats.unexpected;
        total.skipped += e2e.stats.skipped;
    } else if (ranEnd2End) total.failed += 1;
    return total;
}

const begun = performance.now();
if (!install()) process.exit(1);
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
provideBrowser();
const starter = await fetchStarter({ log: (line) => console.log(line) });
const environment = {
    ...process.env,
    HEARTH_TEST_MODEL: starter.kind === "ready" ? starter.path : "",
    HEARTH_THREADS: "1",
    HEARTH_NO_OPEN: "1",
};
if (starter.kind === "missing") console.log(`Tests about words are skipped: ${starter.reason}`);

const checks = run(process.execPath, ["scripts/check.mjs"]);
const built = checks === 0 ? build() : 1;
let unit = 1;
let e2e = 1;
if (built === 0) {
    unit = runTool(
        "vitest",
        ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${path.join("test-results", "unit.json")}`],
        { env: environment },
    );
    e2e = runTool("@playwright/test", ["test"], { env: environment });
}
const total = sum(built === 0);
const stepFailures = Number(checks !== 0) + Number(checks === 0 && built !== 0);
console.log(`\nTook ${Math.round((performance.now() - begun) / 1000)} s.`);
if (stepFailures > 0) console.log(checks === 0 ? "The build failed; no test ran." : "A check failed; no test ran.");
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 || unit !== 0 || e2e !== 0 ? 1 : 0);
