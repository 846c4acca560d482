// npm run bars: the reliability bars at their full counts; prints figures and writes docs/reliability.md. Takes minutes.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fetchStarter } from "./fetch-starter.mjs";
import { install } from "./install.mjs";
import { node24, root, runTool } from "./tools.mjs";

const seed = Number(process.env.HEARTH_BAR_SEED ?? 1);
const malformedCount = Number(process.env.HEARTH_BAR_FILES ?? 1000);
const repeats = Number(process.env.HEARTH_BAR_REPEATS ?? 50);

if (!install()) process.exit(1);
const starter = await fetchStarter({ log: (line) => console.log(line) });
if (runTool("electron-vite", ["build", "--logLevel", "warn"]) !== 0) process.exit(1);
const folder = mkdtempSync(path.join(os.tmpdir(), "hearth-bars-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const env = {
    ...process.env,
    HEARTH_TEST_MODEL: starter.kind === "ready" ? starter.path : "",
    HEARTH_THREADS: "1",
    HEARTH_BAR_REPEATS: String(repeats),
};

/** Peak resident memory of a process's children in MiB, where the system says so. */
function peakOfChildren(pid) {
    try {
        const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean);
        const peaks = children.map(
            (child) => /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child}/status`, "utf8"))?.[1],
        );
        return Math.max(0, ...peaks.map((peak) => Number(peak ?? 0) / 1024));
    } catch {
        return 0;
    }
}

/** `hearth inspect FOLDER --json` as a reader would run it. */
async function inspect(target) {
    const child = spawn(node24, [path.join(root, "out/main/cli.js"), "inspect", target, "--json"], { env });
    let output = "";
    let errors = "";
    let peakMebibytes = 0;
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (errors += data));
    const watch = setInterval(() => (peakMebibytes = Math.max(peakMebibytes, peakOfChildren(child.pid))), 20);
    const exitCode = await new Promise((resolve) => child.once("close", resolve));
    clearInterval(watch);
    const lines = output
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    const times = lines.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
    return {
        lines,
        exitCode,
        errors,
        peakMebibytes,
        medianMilliseconds: times[Math.floor(times.length / 2)] ?? Number.NaN,
        worstMilliseconds: times.at(-1) ?? Number.NaN,
    };
}

const rows = [];
/** `missing` says what of the bar's demand this run does not show; such a bar is "partly" met. */
function report(bar, isGood, result, missing = "") {
    const met = !isGood ? "no" : missing ? "partly" : "yes";
    rows.push({ bar, met, result, missing });
    console.log(`${met.padEnd(6)} ${bar}: ${result}${missing ? `. Not shown: ${missing}` : ""}`);
}

/** Runs a test file and reports how many of its tests passed. */
function runTests(bar, project, file, { what, missing }) {
    const outputFile = path.join(folder, "tests.json");
    rmSync(outputFile, { force: true });
    const begun = performance.now();
    const status = runTool(
        "vitest",
        ["run", "--project", project, file, "--reporter=json", `--outputFile=${outputFile}`, "--testTimeout=600000"],
        { env },
    );
    const seconds = Math.round((performance.now() - begun) / 1000);
    try {
        const {
            numPassedTests: passed,
            numFailedTests: failed,
            numPendingTests: skipped,
        } = JSON.parse(readFileSync(outputFile, "utf8"));
        report(
            bar,
            status === 0 && failed === 0 && passed > 0,
            `${what}: ${passed} tests passed, ${failed} failed, ${skipped} skipped, ${seconds} s`,
            missing,
        );
    } catch {
        report(bar, false, `the tests did not finish (exit ${status})`);
    }
}

const wrote = spawnSync(node24, ["scripts/write-corpus.ts", folder, String(seed), String(malformedCount)], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
});
if (wrote.status !== 0) process.exit(1);

// What the process takes before it has read anything.
const idle = await inspect(path.join(folder, "nothing.gguf"));
const fileCount = readdirSync(path.join(folder, "malformed")).length;
const malformed = await inspect(path.join(folder, "malformed"));
const extraMebibytes = Math.max(0, malformed.peakMebibytes - idle.peakMebibytes);
const refused = malformed.lines.filter(({ verdict }) => verdict === "refused");
const ours = malformed.lines.filter(({ code }) => code === "too-slow");
for (const { file, verdict, code } of malformed.lines)
    if (verdict !== "refused" || code === "too-slow") console.log(`  ${path.basename(file)}: ${code}`);
report(
    "B1 malformed headers",
    refused.length === fileCount &&
        ours.length === 0 &&
        malformed.errors === "" &&
        malformed.worstMilliseconds <= 1000 &&
        malformed.medianMilliseconds <= 20 &&
        extraMebibytes <= 64,
    `${refused.length} of ${fileCount} refused by name (seed ${seed}), ${ours.length} late or dead, median ${malformed.medianMilliseconds.toFixed(2)} ms, worst ${malformed.worstMilliseconds.toFixed(1)} ms` +
        (idle.peakMebibytes > 0 ? `, ${Math.round(extraMebibytes)} MiB more than a process that read nothing` : ""),
);
const sound = await inspect(path.join(folder, "controls"));
const accepted = sound.lines.filter(({ verdict }) => verdict === "ok").length;
report(
    "B3 valid controls",
    accepted === sound.lines.length && accepted >= 40,
    `${accepted} of ${sound.lines.length} let through by the header reader, median ${sound.medianMilliseconds.toFixed(2)} ms`,
    "that they answer: their weights are holes",
);
runTests("B4 published loader bugs", "node", "src/main/inspector/published-bugs.test.ts", {
    what: "one regression file a bug",
    missing: "",
});
runTests("B9 slow markdown", "browser", "src/renderer/ui/Markdown.speed.browser.test.tsx", {
    what: "4 kinds of answers at 1,000 and 20,000 tokens, 15 slow inputs of 1 MiB, by the work of the window's thread",
    missing: "frames a second while 60 tokens a second come",
});
runTests("B10 borders of the web host", "node", "src/main/host/borders.test.ts", {
    what: "at least 330 abuses refused, 60 slow clients",
    missing: "a real SSH tunnel",
});
runTests("B31 engine killed", "engine", "src/main/services/engine/engine-death.test.ts", {
    what: `${repeats} deaths of five kinds in the middle of an answer, on an engine process without an engine`,
    missing: "the time a real model takes to load again",
});
runTests("B37 two starts on one profile", "node", "src/main/host/owner.test.ts", {
    what: "10 pairs of starts, each after a kill -9",
    missing: "the demanded 50 pairs",
});

const machine = `${os.cpus()[0]?.model.replaceAll(/\s+/g, " ")}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()}`;
writeFileSync(
    path.join(root, "docs", "reliability.md"),
    `# Reliability

Written by \`npm run bars\` on ${new Date().toISOString().slice(0, 10)}. Machine: ${machine}, no graphics card. Bars without a row have not been measured.

| Bar | Met | Result | Not shown by this run |
| --- | --- | --- | --- |
${rows.map(({ bar, met, result, missing }) => `| ${bar} | ${met} | ${result} | ${missing} |`).join("\n")}
`,
);
runTool("prettier", ["--write", "--log-level=warn", "docs/reliability.md"]);
process.exit(rows.every(({ met }) => met !== "no") ? 0 : 1);
