// docs/reliability.md: one row a bar, kept from run to run, so that a bar can be measured again by itself.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { root, runTool } from "../tools.mjs";

const file = path.join(root, "docs", "reliability.md");
const columns = ["Bar", "Met", "Result", "Not shown by this run", "Measured", "Busy"];

/** The rows that are there, by the bar's id ("B7"). Rows of another layout are forgotten. */
export function readRows() {
    const rows = new Map();
    if (!existsSync(file)) return rows;
    for (const line of readFileSync(file, "utf8").split("\n")) {
        const cells = line.split("|").slice(1, -1);
        const id = /^B\d+/.exec(cells[0]?.trim() ?? "")?.[0];
        if (id && cells.length === columns.length)
            rows.set(
                id,
                cells.map((cell) => cell.trim()),
            );
    }
    return rows;
}

const escape = (text) => text.replaceAll("|", "/").replaceAll("\n", " ");

/** How busy the computer is: processes that want a core, for each core, over the last minute. */
export const readBusy = () => (os.loadavg()[0] / os.cpus().length).toFixed(1);

/** Puts one row in place of the one that was there, and writes the document at once. */
export function writeRow(id, { bar, met, result, missing, busy }) {
    const rows = readRows();
    const date = new Date().toISOString().slice(0, 10);
    rows.set(id, [bar, met, result, missing, date, busy].map(escape));
    const table = [...rows]
        .toSorted(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1)))
        .map(([, cells]) => `| ${cells.join(" | ")} |`);
    const machine = `${os.cpus().length} ${os.arch()} cores, ${Math.round(os.totalmem() / 2 ** 30)} GiB of memory, ${os.type()}`;
    writeFileSync(
        file,
        `# Reliability

Written by \`npm run bars\`, row by row; \`npm run bars -- B7 B8\` measures two of them again. What each bar demands stands in the
product's security plan. Machine of the last row: ${machine}, no graphics
card. "Busy" is how many processes wanted each core when the row began: above 1 the times are worse than on a quiet computer,
the counts are the same. Bars without a row have not been measured.

| ${columns.join(" | ")} |
| ${columns.map(() => "---").join(" | ")} |
${table.join("\n")}
`,
    );
    runTool("prettier", ["--write", "--log-level=warn", "docs/reliability.md"]);
}
