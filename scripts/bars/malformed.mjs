// B1 as a reader would meet it: `hearth inspect FOLDER --json` on the built app, over a thousand malformed headers.
import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { node24, root } from "../tools.mjs";

const seed = Number(process.env.HEARTH_BAR_SEED ?? 1);
const count = Number(process.env.HEARTH_BAR_FILES ?? 1000);

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

async function inspect(target, env) {
    const child = spawn(node24, [path.join(root, "out/main/cli.js"), "inspect", target, "--json"], { env });
    let output = "";
    let errors = "";
    let peakMebibytes = 0;
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (errors += data));
    const watch = setInterval(() => (peakMebibytes = Math.max(peakMebibytes, peakOfChildren(child.pid))), 20);
    await new Promise((resolve) => child.once("close", resolve));
    clearInterval(watch);
    const lines = output
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    const times = lines.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
    return {
        lines,
        errors,
        peakMebibytes,
        medianMilliseconds: times[Math.floor(times.length / 2)] ?? Number.NaN,
        worstMilliseconds: times.at(-1) ?? Number.NaN,
    };
}

export async function runMalformed({ folder, env }) {
    const corpus = path.join(folder, "malformed");
    const wrote = spawnSync(node24, ["scripts/write-corpus.ts", corpus, String(seed), String(count)], {
        cwd: root,
        stdio: ["ignore", "inherit", "inherit"],
    });
    if (wrote.status !== 0) return { isGood: false, result: "the files could not be written" };
    // What the process takes before it has read anything.
    const idle = await inspect(path.join(folder, "nothing.gguf"), env);
    const read = await inspect(corpus, env);
    const files = readdirSync(corpus).length;
    const refused = read.lines.filter(({ verdict }) => verdict === "refused").length;
    const late = read.lines.filter(({ code }) => code === "too-slow").length;
    for (const { file, verdict, code } of read.lines)
        if (verdict !== "refused" || code === "too-slow") console.log(`  ${path.basename(file)}: ${code}`);
    const extraMebibytes = Math.max(0, read.peakMebibytes - idle.peakMebibytes);
    return {
        isGood:
            refused === files &&
            late === 0 &&
            read.errors === "" &&
            read.worstMilliseconds <= 1000 &&
            read.medianMilliseconds <= 20 &&
            extraMebibytes <= 64,
        result:
            `${refused} of ${files} refused by name (seed ${seed}), ${late} late or dead, median ${read.medianMilliseconds.toFixed(2)} ms, worst ${read.worstMilliseconds.toFixed(1)} ms` +
            (idle.peakMebibytes > 0 ? `, ${Math.round(extraMebibytes)} MiB more than a process that read nothing` : ""),
    };
}
