/** Our reader beside @huggingface/gguf: on valid files both say the same. */
import { existsSync } from "node:fs";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { gguf } from "@huggingface/gguf";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openFileSource } from "./byte-source.ts";
import { controls } from "./controls.fixtures.ts";
import { writeHeader } from "./gguf-writer.fixtures.ts";
import { isLongText } from "./metadata.ts";
import { parseHeader } from "./parse-header.ts";
import { tensorTypeName } from "./tensor-size.ts";

let folder = "";
beforeAll(async () => void (folder = await mkdtemp(path.join(os.tmpdir(), "hearth-huggingface-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function compare(filePath: string): Promise<void> {
    const theirs = await gguf(filePath, { allowLocalFile: true });
    const source = await openFileSource(filePath);
    if ("fault" in source) throw new Error(source.fault);
    const ours = await parseHeader(source);
    await source.close();
    expect(ours.tensors.map(({ name, type, dimensions, offset }) => ({ name, type, dimensions, offset }))).toEqual(
        theirs.tensorInfos.map(({ name, dtype, shape, offset }) => ({
            name,
            type: tensorTypeName(dtype),
            dimensions: shape.map(Number),
            offset: Number(offset),
        })),
    );
    const metadata: Record<string, unknown> = { ...theirs.metadata };
    expect(ours.version).toBe(metadata["version"]);
    expect(Math.ceil(ours.headerBytes / 32) * 32).toBe(Number(theirs.tensorDataOffset));
    let compared = 0;
    for (const [key, value] of ours.metadata) {
        const other = metadata[key];
        if (isLongText(value)) expect(typeof other, key).toBe("string");
        else if (typeof value !== "object") expect(value, key).toBe(typeof other === "bigint" ? Number(other) : other);
        else {
            if (!Array.isArray(other)) throw new Error(`${key} is no list there`);
            expect(value.length, key).toBe(other.length);
            if (value.numbers) expect(value.numbers, key).toEqual(other.map(Number));
        }
        compared++;
    }
    expect(compared).toBe(ours.metadata.size);
    expect(compared).toBeGreaterThan(10);
}

test("every control", async () => {
    for (const [index, { file }] of controls.entries()) {
        const { header, sizeBytes } = writeHeader(file);
        const filePath = path.join(folder, `${index}.gguf`);
        await writeFile(filePath, header);
        await truncate(filePath, sizeBytes);
        await compare(filePath);
    }
});

const starter = process.env["HEARTH_TEST_MODEL"];
test.skipIf(!starter || !existsSync(starter))("the practice model", () => compare(starter ?? ""));
