import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { refusalSentence } from "#shared/domain/gguf/refusal-sentence.ts";
import type { Inspection } from "#shared/schema/inspection.ts";
import type { Inspector } from "../services/inspector/inspector.ts";

const MOST_FILES = 100_000;

/** Everything named .gguf below a folder, in order; folders, pipes and links of that name are listed too, and refused. */
async function listFiles(target: string): Promise<string[]> {
    const found = await stat(target).catch(() => null);
    if (!found?.isDirectory()) return [target];
    const files: string[] = [];
    // Links are listed, not followed, so that a circle of them ends.
    const walk = async (folder: string): Promise<void> => {
        const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
        for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
            if (files.length >= MOST_FILES) return;
            const place = path.join(folder, entry.name);
            if (entry.name.toLowerCase().endsWith(".gguf")) files.push(place);
            else if (entry.isDirectory()) await walk(place);
        }
    };
    await walk(target);
    return files;
}

function toLine(file: string, inspection: Inspection) {
    const milliseconds = Math.round(inspection.milliseconds * 100) / 100;
    if (inspection.verdict === "ok")
        return {
            file,
            verdict: "ok",
            code: "OK",
            sentence: "This file's header is whole.",
            milliseconds,
            ...inspection.header,
        };
    const { fault, detail, missingBytes } = inspection;
    return {
        file,
        verdict: "refused",
        code: fault,
        sentence: refusalSentence(fault, { detail, missingBytes }),
        milliseconds,
        detail,
    };
}

const USAGE = "usage: hearth inspect <file or folder> [--json]";
/** A file name may hold anything; nothing of it may steer the terminal. */
const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}]/gu, "\ufffd");

function parse(args: string[]): { targets: string[]; isJson: boolean } | null {
    try {
        const { values, positionals } = parseArgs({
            args,
            options: { json: { type: "boolean", default: false } },
            allowPositionals: true,
        });
        return positionals.length > 0 ? { targets: positionals, isJson: values.json } : null;
    } catch {
        return null;
    }
}

/** `hearth inspect <file|folder> [--json]`: a line a file; never starts the engine. 0 all whole, 1 some refused, 2 usage. */
export async function inspectCommand(
    args: string[],
    { inspector, write }: { inspector: Inspector; write: (line: string) => void },
): Promise<number> {
    const parsed = parse(args);
    if (!parsed) {
        write(USAGE);
        return 2;
    }
    let hasRefused = false;
    for (const target of parsed.targets) {
        for (const file of await listFiles(target)) {
            const line = toLine(file, await inspector.inspect(path.resolve(file)));
            hasRefused ||= line.verdict === "refused";
            if (parsed.isJson) write(JSON.stringify(line));
            else write(printable(inWords(line)));
        }
    }
    return hasRefused ? 1 : 0;
}

const inWords = (line: ReturnType<typeof toLine>): string =>
    "architecture" in line
        ? `ok      ${line.file}: ${line.architecture}, ${line.quantization}, ${line.tensorCount} tensors, context ${line.contextTrainedTokens}`
        : `refused ${line.file}: ${line.sentence}`;
