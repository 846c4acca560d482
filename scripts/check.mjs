// npm run check: format, types, typed lint, doors, dead code, generated documents, the engine's age.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { node24, root, run, runSteps, runTool } from "./tools.mjs";

/** Below this, the door-keeper has read too little to be believed (house.md 3.3). */
const leastModules = 150;
/** Release day of the pinned node-llama-cpp 3.21.1, by its record in the npm registry. */
const engineReleased = new Date("2026-09-13");

function doors() {
    const cruiser = path.join(root, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
    const result = spawnSync(node24, [cruiser, "src", "--config", ".dependency-cruiser.mjs", "--output-type", "json"], {
        cwd: root,
        encoding: "utf8",
        maxBuffer: 256 * 2 ** 20,
    });
    if (!result.stdout) {
        console.error(result.stderr);
        return 1;
    }
    const { summary } = JSON.parse(result.stdout);
    for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} -> ${to}`);
    console.log(`${summary.totalCruised} modules, ${summary.violations.length} through the wrong door`);
    if (summary.totalCruised < leastModules)
        console.error(`Fewer than ${leastModules} modules were read: the check proves nothing.`);
    return summary.violations.length > 0 || summary.totalCruised < leastModules ? 1 : 0;
}

function engineAge() {
    const { version } = JSON.parse(readFileSync(path.join(root, "node_modules/node-llama-cpp/package.json"), "utf8"));
    const days = Math.floor((Date.now() - engineReleased.getTime()) / 86_400_000);
    console.log(`node-llama-cpp ${version}, ${days} days old`);
    if (days > 60)
        console.log("warning: the engine is older than 60 days; look for loader bugs published since (security.md B4)");
    return 0;
}

process.exit(
    runSteps([
        ["format", () => runTool("prettier", ["--check", "--log-level=warn", "."])],
        ["types", () => runTool("typescript", ["-b"].concat(process.argv.slice(2)), {})],
        ["lint", () => runTool("oxlint", ["--deny-warnings", "--report-unused-disable-directives"])],
        ["doors", doors],
        ["dead code", () => runTool("knip", ["--no-progress"])],
        ["generated documents", () => run(node24, ["scripts/generate-docs.ts", "--check"])],
        ["engine's age", engineAge],
    ]),
);
