// Runs test files at a bar's full counts and reads their reports. A test tells figures of its own by its meta or annotations.
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { runTool } from "../tools.mjs";

const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

function summarize({ passed, failed, skipped, figures, seconds }, what) {
    const parts = [
        what,
        ...figures,
        `${plural(passed, "test")} passed, ${failed} failed, ${skipped} skipped in ${seconds} s`,
    ];
    return { isGood: failed === 0 && passed > 0, result: parts.filter(Boolean).join("; ") };
}

function read(report, begun, what, status, parse) {
    const seconds = Math.round((performance.now() - begun) / 1000);
    try {
        const summary = summarize({ ...parse(JSON.parse(readFileSync(report, "utf8"))), seconds }, what);
        return { ...summary, isGood: summary.isGood && status === 0 };
    } catch {
        return { isGood: false, result: `the tests did not finish (exit ${status})` };
    }
}

/** Unit tests of one project. */
export function runUnit({ project, files, what }, { folder, env, pattern }) {
    const report = path.join(folder, "unit.json");
    rmSync(report, { force: true });
    const begun = performance.now();
    const status = runTool(
        "vitest",
        [
            "run",
            "--project",
            project,
            ...files,
            "--reporter=json",
            `--outputFile=${report}`,
            "--testTimeout=600000",
            ...(pattern ? ["--testNamePattern", pattern] : []),
        ],
        { env },
    );
    return read(report, begun, what, status, (data) => ({
        passed: data.numPassedTests,
        failed: data.numFailedTests,
        skipped: data.numPendingTests,
        figures: data.testResults
            .flatMap(({ assertionResults }) => assertionResults)
            .flatMap(({ meta }) => (meta?.figures ? [meta.figures] : [])),
    }));
}

const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];

/** End-to-end specs. */
export function runEndToEnd({ files, what }, { folder, env }) {
    const report = path.join(folder, "e2e.json");
    rmSync(report, { force: true });
    const begun = performance.now();
    const status = runTool(
        "@playwright/test",
        ["test", ...files, "--reporter=json", "--output", path.join(folder, "e2e")],
        { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report, PLAYWRIGHT_JSON_OUTPUT_FILE: report } },
    );
    return read(report, begun, what, status, ({ stats, suites }) => ({
        passed: stats.expected,
        failed: stats.unexpected + stats.flaky,
        skipped: stats.skipped,
        figures: suites
            .flatMap(specsOf)
            .flatMap(({ tests }) => tests)
            .flatMap(({ annotations }) => annotations)
            .flatMap(({ type, description }) => (type === "figures" && description ? [description] : [])),
    }));
}
