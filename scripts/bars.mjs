// npm run bars [-- B7 B8]: reliability bars at their full counts, all or the named ones. Each writes its row of
// docs/reliability.md as it ends, so an interrupted run goes on with the rows that are left.
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { readBusy, writeRow } from "./bars/document.mjs";
import { runMalformed } from "./bars/malformed.mjs";
import { runEndToEnd, runUnit } from "./bars/run-tests.mjs";
import { fetchStarter } from "./fetch-starter.mjs";
import { install } from "./install.mjs";
import { build } from "./build.mjs";

/** `missing` says what of the bar's demand a run does not show; such a bar is "partly" met. */
const bars = {
    B1: { name: "malformed headers", run: runMalformed },
    B3: {
        name: "valid controls",
        unit: {
            project: "engine",
            files: ["src/main/engine/controls.test.ts"],
            what: "sound models of many architectures, weight types and tokenizers, and the starter, let through, loaded and answering",
        },
        missing:
            "weights of DeepSeek 2 and Mamba in F16, Q4_0 or Q8_0 on a processor with AMX, where the pinned llama.cpp ends itself",
    },
    B4: {
        name: "published loader bugs",
        unit: {
            project: "node",
            files: ["src/main/inspector/published-bugs.test.ts"],
            what: "one regression file a bug",
        },
    },
    B6: {
        name: "chat templates",
        unit: {
            project: "node",
            files: ["src/main/services/templates/templates.test.ts"],
            what: "20 templates that mean harm: each gives way to its family's known format, within 192 MiB beyond a bare process; 7 cases of sound ones",
        },
        missing: "the two seconds, which depend on how busy the computer is: 1.9 s for the slowest on a quiet one",
    },
    B7: { name: "hostile output", endToEnd: { files: ["e2e/hostile-output.spec.ts"], what: "" } },
    B8: { name: "links", endToEnd: { files: ["e2e/hostile-links.spec.ts"], what: "" } },
    B9: {
        name: "slow markdown",
        unit: {
            project: "browser",
            files: ["src/renderer/ui/Markdown.speed.browser.test.tsx"],
            what: "4 kinds of answers at 1,000 and 20,000 tokens, 15 slow inputs of 1 MiB, by the work of the window's thread",
        },
        missing: "frames a second while 60 tokens a second come",
    },
    B10: {
        name: "borders of the web host",
        unit: {
            project: "node",
            files: ["src/main/host/borders.test.ts"],
            what: "at least 330 abuses refused; 60 slow clients and a reader that takes nothing cut off, the reader resumed by offset; let in through a tunnel of bytes",
        },
        missing: "the tunnel by the ssh program itself",
    },
    B11: {
        name: "payloads",
        unit: {
            project: "node",
            files: ["src/main/router.test.ts", "src/main/messages.test.ts", "src/main/app/app.test.ts"],
            what: "200 wrong payloads for each procedure, over port and socket, and for each message of engine, inspector and store; three wrong senders of the hand-over",
        },
    },
    B15: {
        name: "silence",
        endToEnd: { files: ["e2e/silence.spec.ts"], what: "" },
        missing: "what Chromium by itself asks its maker for: its look-ups of names were off",
    },
    B20: { name: "private profile", endToEnd: { files: ["e2e/profile.spec.ts"], what: "" } },
    B31: {
        name: "engine killed",
        unit: {
            project: "engine",
            files: ["src/main/services/answers/answers-death.test.ts", "src/main/services/engine/engine-death.test.ts"],
            what: "",
        },
    },
    B37: {
        name: "two starts on one profile",
        unit: { project: "node", files: ["src/main/host/owner.test.ts"], what: "each pair after a kill -9" },
    },
    B45: {
        name: "start",
        endToEnd: { files: ["e2e/start.spec.ts"], what: "" },
        missing: "a disk that has nothing of Hearth in its cache",
    },
};

const asked = process.argv.slice(2);
const unknown = asked.filter((id) => !(id in bars));
if (unknown.length > 0) {
    console.error(`No such bar: ${unknown.join(", ")}. There are ${Object.keys(bars).join(", ")}.`);
    process.exit(2);
}
if (!install()) process.exit(1);
const starter = await fetchStarter({ log: (line) => console.log(line) });
if (build() !== 0) process.exit(1);
const folder = mkdtempSync(path.join(os.tmpdir(), "hearth-bars-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const env = {
    ...process.env,
    HEARTH_TEST_MODEL: starter.kind === "ready" ? starter.path : "",
    HEARTH_THREADS: "1",
    HEARTH_NO_OPEN: "1",
    HEARTH_BAR_REPEATS: process.env.HEARTH_BAR_REPEATS ?? "50",
};

let isMet = true;
for (const id of asked.length > 0 ? asked : Object.keys(bars)) {
    const { name, run, unit, endToEnd, missing = "" } = bars[id];
    const busy = readBusy();
    const { isGood, result } = run
        ? await run({ folder, env })
        : unit
          ? runUnit(unit, { folder, env })
          : runEndToEnd(endToEnd, { folder, env });
    const met = !isGood ? "no" : missing ? "partly" : "yes";
    isMet &&= isGood;
    writeRow(id, { bar: `${id} ${name}`, met, result, missing, busy });
    console.log(`${met.padEnd(6)} ${id} ${name}: ${result}${missing ? `. Not shown: ${missing}` : ""}`);
}
process.exit(isMet ? 0 : 1);
