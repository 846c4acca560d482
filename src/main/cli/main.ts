import path from "node:path";
import { pathToFileURL } from "node:url";
import { createChooseSettings } from "../choose-settings.ts";
import { composeParts, type Parts } from "../compose.ts";
import { askForHandOver } from "../host/owner.ts";
import { findPaths } from "../host/paths.ts";
import { sayError } from "../say-failure.ts";
import { createWebShell } from "../host/web-shell.ts";
import { askCommand } from "./ask.ts";
import { inspectCommand } from "./inspect.ts";
import { scanCommand } from "./scan.ts";

// Whatever is made in the profile is for this user alone.
process.umask(0o077);
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
    const parts = composeParts(createWebShell({ root, entries, machineFile, catalogFile }), { isGuest: true });
    try {
        return await work(parts);
    } finally {
        parts.hardware.close();
        parts.inspector.close();
        await parts.engine.close();
    }
}

/** The exit code; null for a command that goes on until it is ended. */
async function run([command, ...args]: string[]): Promise<number | null> {
    const machineFile = takeOption(args, "machine");
    const catalogFile = takeOption(args, "catalog");
    switch (command) {
        case undefined:
        case "open":
            // In this process, so that signals reach the host itself. It ends when it is asked to.
            await import(pathToFileURL(path.join(entries, "web-host.js")).href);
            return null;
        case "link": {
            const answer = await askForHandOver(findPaths(root).data);
            if (answer?.kind === "link") write(answer.link);
            else if (answer) writeError("Hearth is open in its own window; it needs no link.");
            else writeError("Hearth is not running here. Start it with: npm start");
            return answer?.kind === "link" ? 0 : 1;
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
                    chooseSettings: createChooseSettings({ hardware, data }),
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
    (code) => {
        if (code !== null) process.exit(code);
    },
    (error: unknown) => {
        writeError(sayError(error));
        process.exit(1);
    },
);
