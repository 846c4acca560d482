import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { startCircumstances, type StartReport } from "./start-circumstances.ts";
import { inQuietNetwork, whyNoQuietNetwork } from "./quiet-network.ts";

/** One start of each kind in `npm test`; in `npm run bars` the median of five is timed. */
const isBar = Number(process.env["HEARTH_BAR_REPEATS"] ?? 10) >= 50;
const STARTS = isBar ? 5 : 1;
const USABLE_MILLISECONDS = 2000;
const script = fileURLToPath(new URL("start-run.ts", import.meta.url));

for (const name of startCircumstances)
    test(`B45: a usable window from a cold start, ${name}`, async () => {
        test.setTimeout(240_000);
        const isOffline = name === "offline";
        test.skip(isOffline && whyNoQuietNetwork() !== null, "this computer cannot be taken off its network");
        const command = [process.execPath, "--no-warnings", script, name, String(STARTS)];
        const [program = "", ...rest] = isOffline ? inQuietNetwork(command) : command;
        const { stdout } = await promisify(execFile)(program, rest);
        const { milliseconds, models } = JSON.parse(stdout.split("\n").at(-2) ?? "") as StartReport;
        expect(milliseconds).toHaveLength(STARTS);
        if (name === "2,000 model files") expect(models).toBe(2000);
        const median = milliseconds.toSorted((a, b) => a - b)[Math.floor(STARTS / 2)] ?? Number.NaN;
        test.info().annotations.push({
            type: "figures",
            description: `${name}: ${(median / 1000).toFixed(2)} s, median of ${STARTS}`,
        });
        if (isBar) expect(median).toBeLessThanOrEqual(USABLE_MILLISECONDS);
    });
