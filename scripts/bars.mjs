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
function report(bar, isMet, result) {
    rows.push({ bar, isMet, result });
    console.log(`${isMet ? "met   " : "NOT MET"} ${bar}: ${result}`);
}

/** Runs a test file and reports how many of its tests passed. */
function runTests(bar, project, file, note) {
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
            `${passed} tests passed, ${failed} failed, ${skipped} skipped, ${seconds} s; ${note}`,
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

const fileCount = readdirSync(path.join(folder, "malformed")).length;
const malformed = await inspect(path.join(folder, "malformed"));
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
        malformed.medianMilliseconds <= 20,
    `${refused.length} of ${fileCount} refused by name (seed ${seed}), ${ours.length} late or dead, median ${malformed.medianMilliseconds.toFixed(2)} ms, worst ${malformed.worstMilliseconds.toFixed(1)} ms` +
        (malformed.peakMebibytes > 0
            ? `, inspector's peak ${Math.round(malformed.peakMebibytes)} MiB resident in all`
            : ""),
);
const sound = await inspect(path.join(folder, "controls"));
const accepted = sound.lines.filter(({ verdict }) => verdict === "ok").length;
report(
    "B3 valid controls",
    accepted === sound.lines.length && accepted >= 40,
    `${accepted} of ${sound.lines.length} let through by the header reader, median ${sound.medianMilliseconds.toFixed(2)} ms; their weights are holes, so they are not asked to answer`,
);
runTests("B4 published loader bugs", "node", "src/main/inspector/published-bugs.test.ts", "one regression file a bug");
runTests(
    "B10 borders of the web host",
    "node",
    "src/main/host/borders.test.ts",
    "the number of abuses is in the test's name",
);
runTests("B31 engine killed", "engine", "src/main/services/engine/engine-death.test.ts", `${repeats} repeats a fault`);
runTests(
    "B37 two starts on one profile",
    "node",
    "src/main/host/owner.test.ts",
    "the number of repeats is in the test's name",
);

const machine = `${os.cpus()[0]?.model.replaceAll(/\s+/g, " ")}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()}`;
writeFileSync(
    path.join(root, "docs", "reliability.md"),
    `# Reliability

Written by \`npm run bars\` on ${new Date().toISOString().slice(0, 10)}. Machine: ${machine}, no graphics card. Bars without a row have not been measured.

| Bar | Met | Result |
| --- | --- | --- |
${rows.map(({ bar, isMet, result }) => `| ${bar} | ${isMet ? "yes" : "no"} | ${result} |`).join("\n")}
`,
);
process.exit(rows.every(({ isMet }) => isMet) ? 0 : 1);
