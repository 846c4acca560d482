// For scripts/bars.mjs, under Node 24: write-corpus.ts FOLDER SEED COUNT writes FOLDER/malformed and FOLDER/controls.
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { controls } from "../src/main/inspector/controls.fixtures.ts";
import { writeHeader } from "../src/main/inspector/gguf-writer.fixtures.ts";
import { writeMalformedCorpus } from "../src/main/inspector/malformed.fixtures.ts";

const [folder = ".", seed = "1", count = "500"] = process.argv.slice(2);
const malformed = path.join(folder, "malformed");
await writeMalformedCorpus(malformed, Number(seed), Number(count));
mkdirSync(path.join(malformed, "folder.gguf"));
if (process.platform !== "win32") {
    execFileSync("mkfifo", [path.join(malformed, "pipe.gguf")]);
    symlinkSync("/dev/zero", path.join(malformed, "device.gguf"));
    symlinkSync("nowhere", path.join(malformed, "dangling.gguf"));
}
// Weights are holes: gigabytes that take no place on the disk.
const sound = path.join(folder, "controls");
mkdirSync(sound);
for (const [index, { name, file }] of controls.entries()) {
    const { header, sizeBytes } = writeHeader(file);
    const filePath = path.join(sound, `${index}-${name}.gguf`);
    writeFileSync(filePath, header);
    truncateSync(filePath, sizeBytes);
}
