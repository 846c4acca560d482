// For scripts/bars.mjs, under Node 24: write-corpus.ts FOLDER SEED COUNT fills FOLDER with malformed files of every kind.
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { writeMalformedCorpus } from "../src/main/inspector/malformed.fixtures.ts";

const [folder = ".", seed = "1", count = "500"] = process.argv.slice(2);
await writeMalformedCorpus(folder, Number(seed), Number(count));
mkdirSync(path.join(folder, "folder.gguf"));
if (process.platform !== "win32") {
    execFileSync("mkfifo", [path.join(folder, "pipe.gguf")]);
    symlinkSync("/dev/zero", path.join(folder, "device.gguf"));
    symlinkSync("nowhere", path.join(folder, "dangling.gguf"));
}
