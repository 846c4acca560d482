import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { inQuietNetwork, whyNoQuietNetwork } from "./quiet-network.ts";

const reason = whyNoQuietNetwork();
test.skip(reason !== null, `the network cannot be watched here: ${reason ?? ""}`);

type Report = { sent: number; heard: number; fields: number; foreign: string[] };

test("B15: first run, scan, chat and typing in every field send no packet off this computer", async () => {
    test.setTimeout(300_000);
    const folder = mkdtempSync(path.join(tmpdir(), "hearth-silence-"));
    try {
        const script = fileURLToPath(new URL("silent-run.ts", import.meta.url));
        const [program = "", ...rest] = inQuietNetwork([process.execPath, "--no-warnings", script, folder]);
        const { stdout } = await promisify(execFile)(program, rest);
        const { sent, heard, fields, foreign } = JSON.parse(stdout.split("\n").at(-2) ?? "") as Report;
        test.info().annotations.push({
            type: "figures",
            description:
                `${sent} packets left a network namespace that held host, engine, inspector, storage and Chromium` +
                ` (counter of its one way out; a packet sent on purpose was heard); the page asked for ${foreign.length}` +
                ` foreign addresses; ${fields} fields typed in`,
        });
        expect(foreign).toEqual([]);
        expect(sent).toBe(0);
        expect(heard).toBeGreaterThan(0);
        expect(fields).toBeGreaterThan(2);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
});
