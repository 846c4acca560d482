// npm run bench: prints figures and ratios and writes docs/performance.md. Never a timed test; run it on a quiet computer.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fetchStarter } from "./fetch-starter.mjs";
import { install } from "./install.mjs";
import { build } from "./build.mjs";
import { node24, root } from "./tools.mjs";

const benches = ["domain.ts", "start.ts", "decode.ts"];

if (!install()) process.exit(1);
const starter = await fetchStarter({ log: (line) => console.log(line) });
if (build() !== 0) process.exit(1);
const env = { ...process.env, HEARTH_TEST_MODEL: starter.kind === "ready" ? starter.path : "", HEARTH_THREADS: "1" };
const sections = benches.map((name) => {
    console.log(`\n== bench/${name}`);
    const { stdout, stderr, status } = spawnSync(node24, [path.join(root, "bench", name)], {
        cwd: root,
        env,
        encoding: "utf8",
    });
    const text = status === 0 ? stdout.trim() : `did not finish (exit ${status}): ${stderr.trim().split("\n").at(-1)}`;
    console.log(text);
    return `## bench/${name}\n\n\`\`\`\n${text}\n\`\`\`\n`;
});
const machine = `${os.cpus()[0]?.model.replaceAll(/\s+/g, " ")}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()}`;
const head = `# Performance\n\nWritten by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}. Machine: ${machine}, no graphics card. Figures move with what else the computer does.\n`;
writeFileSync(path.join(root, "docs", "performance.md"), [head, ...sections].join("\n"));
