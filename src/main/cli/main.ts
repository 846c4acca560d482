import { spawnSync } from "node:child_process";
import path from "node:path";
import { Failed } from "#shared/schema/failure.ts";
import { createChooseSettings } from "../choose-settings.ts";
import { composeParts, type Parts } from "../compose.ts";
import { askForLink } from "../host/owner.ts";
import { findPaths } from "../host/paths.ts";
import { createWebShell } from "../host/web-shell.ts";
import { askCommand } from "./ask.ts";
import { inspectCommand } from "./inspect.ts";
import { scanCommand } from "./scan.ts";

const entries = import.meta.dirname;
const root = path.resolve(entries, "../..");
const usage = `hearth                              opens Hearth
hearth link                         prints a fresh one-time link of the running Hearth
hearth scan [--json]                says what this computer is
hearth inspect <file|folder> [--json]   says what model files are, without loading them
hearth ask <file> <prompt>          asks a model file in the terminal
  --machine FILE                    a described machine in place of this computer
  --catalog FILE                    another catalog`;

/** Takes `--name value` out of the arguments; each command parses the rest by itself. */
function takeOption(args: string[], name: string): string | null {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? null : (args.splice(at, 2)[1] ?? null);
}

const write = (line: string) => void process.stdout.write(`${line}\n`);
const writeError = (line: string) => void process.stderr.write(`${line}\n`);

async function withParts(
    machineFile: string | null,
    catalogFile: string | null,
    work: (parts: Parts) => Promise<number>,
): Promise<number> {
    const parts = composeParts(createWebShell({ root, entries, machineFile, catalogFile }));
    try {
        return await work(parts);
    } finally {
        parts.hardware.close();
        parts.inspector.close();
        await parts.engine.close();
    }
}

async function run([command, ...args]: string[]): Promise<number> {
    const machineFile = takeOption(args, "machine");
    const catalogFile = takeOption(args, "catalog");
    switch (command) {
        case undefined:
        case "open":
            return (
                spawnSync(process.execPath, [path.join(entries, "web-host.js"), ...args], { stdio: "inherit" })
                    .status ?? 1
            );
        case "link": {
            const link = await askForLink(findPaths(root).data);
            if (link === null) writeError("Hearth is not running here. Start it with: npm start");
            else write(link);
            return link === null ? 1 : 0;
        }
        case "scan":
            return withParts(machineFile, catalogFile, ({ hardware }) => scanCommand(args, { hardware, write }));
        case "inspect":
            return withParts(null, null, ({ inspector }) => inspectCommand(args, { inspector, write }));
        case "ask": {
            const stopping = new AbortController();
            process.once("SIGINT", () => stopping.abort());
            return withParts(machineFile, catalogFile, ({ engine, inspector, hardware, data }) =>
                askCommand(args, {
                    engine,
                    inspector,
                    chooseSettings: createChooseSettings({ hardware, loadSpeedModel: data.loadSpeedModel }),
                    write: (text) => void process.stdout.write(text),
                    writeError,
                    signal: stopping.signal,
                }),
            );
        }
        case "--help":
        case "help":
            write(usage);
            return 0;
        default:
            writeError(usage);
            return 2;
    }
}

run(process.argv.slice(2)).then(
    (code) => process.exit(code),
    (error: unknown) => {
        writeError(
            error instanceof Failed ? `${error.failure.code}: ${JSON.stringify(error.failure.data)}` : String(error),
        );
        process.exit(1);
    },
);
