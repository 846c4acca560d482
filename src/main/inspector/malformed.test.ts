import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refusalSentence } from "#shared/domain/gguf/refusal-sentence.ts";
import { Inspection } from "#shared/schema/inspection.ts";
import { bufferSource } from "./byte-source.ts";
import { list, rawU32, rawU64, sparseSource, text, textList, writeGguf, writeHeader } from "./gguf-writer.fixtures.ts";
import { inspectFile, inspectSource } from "./inspect-source.ts";
import { lieNames, malformedHeaders, smallModel } from "./malformed.fixtures.ts";

const SEED = Number(process.env["HEARTH_BAR_SEED"] ?? 1);
const COUNT = 700;
const MEBIBYTE = 2 ** 20;

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
/** Faults that say that our own reader failed, not the file. */
const ourFaults = new Set(["too-slow", "stopped", "unreadable"]);

test(`each of ${COUNT} malformed headers (seed ${SEED}) is refused by name, at once and cheaply`, async () => {
    const times: number[] = [];
    const accepted: string[] = [];
    const before = process.memoryUsage.rss();
    for (const { name, bytes } of malformedHeaders(SEED, COUNT)) {
        const source = sparseSource(bytes, bytes.byteLength);
        const inspection = await inspectSource(source);
        if (inspection.verdict === "ok") accepted.push(name);
        else {
            expect(Inspection.safeParse(inspection).success, name).toBe(true);
            expect(ourFaults.has(inspection.fault), `${name}: ${inspection.fault} ${inspection.detail}`).toBe(false);
            expect(refusalSentence(inspection.fault, inspection)).toMatch(/^[A-Z].*\.$/);
        }
        expect(inspection.milliseconds, name).toBeLessThan(1000);
        expect(source.bytesRead(), name).toBeLessThanOrEqual(16 * MEBIBYTE);
        times.push(inspection.milliseconds);
    }
    expect(accepted).toEqual([]);
    expect(median(times)).toBeLessThan(20);
    expect(process.memoryUsage.rss() - before).toBeLessThan(256 * MEBIBYTE);
});

test("the generator knows many kinds of lie and gives the same files for the same seed", () => {
    expect(lieNames.length).toBeGreaterThan(50);
    const [first, again, other] = [malformedHeaders(7, 100), malformedHeaders(7, 100), malformedHeaders(8, 100)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
});

test("every truncation of a sound file is refused", async () => {
    const whole = writeGguf(smallModel());
    expect((await inspectSource(bufferSource(whole))).verdict).toBe("ok");
    // The last tensor ends at the file's last byte, so that no cut only takes padding.
    const survivors: number[] = [];
    for (let length = 0; length < whole.byteLength; length += length < 512 ? 1 : 7)
        if ((await inspectSource(bufferSource(whole.subarray(0, length)))).verdict === "ok") survivors.push(length);
    expect((await inspectSource(bufferSource(whole.subarray(0, whole.byteLength - 1)))).verdict).toBe("refused");
    expect(survivors).toEqual([]);
});

test("a cut-off file says how many bytes are missing", async () => {
    const whole = writeGguf(smallModel());
    const inspection = await inspectSource(bufferSource(whole.subarray(0, whole.byteLength - 1000)));
    expect(inspection).toMatchObject({ verdict: "refused", fault: "cut-off", missingBytes: 1000 });
});

test("flipped bits never throw and never leave the schema", async () => {
    const whole = writeGguf(smallModel());
    await fc.assert(
        fc.asyncProperty(fc.array(fc.nat({ max: 8 * 16_384 - 1 }), { minLength: 1, maxLength: 12 }), async (bits) => {
            const bytes = Uint8Array.from(whole);
            for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
            const inspection = await inspectSource(bufferSource(bytes));
            expect(Inspection.safeParse(inspection).error).toBeUndefined();
        }),
        { numRuns: 400 },
    );
});

test("bytes of any kind never throw", async () => {
    await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (noise, hasMagic) => {
            const start = hasMagic ? [...Buffer.from("GGUF"), 3, 0, 0, 0] : [];
            const inspection = await inspectSource(bufferSource(Uint8Array.from([...start, ...noise])));
            expect(inspection.verdict).toBe("refused");
        }),
        { numRuns: 300 },
    );
});

describe("files of 8 GiB that are holes", () => {
    const hole = 8 * 2 ** 30;
    const cases = {
        "a list that claims all of it": list(8, [], 2 ** 29),
        "a text that claims all of it": { type: 8, body: rawU64(2 ** 32) },
        "a list of numbers that claims all of it": list(12, [], 2 ** 29),
    };
    test.each(Object.entries(cases))("%s: refused within a second and 16 MiB", async (_, lie) => {
        const file = smallModel();
        const { header } = writeHeader({ ...file, entries: [...file.entries, ["general.odd", lie]] });
        const cut = header.subarray(0, header.indexOf("general.odd") + 11 + 4 + lie.body.byteLength);
        const source = sparseSource(cut, hole);
        const inspection = await inspectSource(source);
        expect(inspection.verdict).toBe("refused");
        expect(inspection.milliseconds).toBeLessThan(1000);
        expect(source.bytesRead()).toBeLessThanOrEqual(16 * MEBIBYTE);
    });
});

test("a stop is heard before and while a header is read", async () => {
    const controller = new AbortController();
    const { header, sizeBytes } = writeHeader(smallModel());
    const source = sparseSource(header, sizeBytes);
    const read = source.read;
    source.read = (offset, length) => {
        controller.abort();
        return read(offset, length);
    };
    expect(await inspectSource(source, controller.signal)).toMatchObject({ verdict: "refused", fault: "stopped" });
});

test("a source that fails or shrinks while it is read is refused, not thrown", async () => {
    const { header, sizeBytes } = writeHeader(smallModel());
    const failing = { ...sparseSource(header, sizeBytes), read: () => Promise.reject(new Error("EIO: \u0007gone")) };
    expect(await inspectSource(failing)).toMatchObject({ verdict: "refused", fault: "unreadable" });
    const shrinking = { ...bufferSource(header.subarray(0, 200)), sizeBytes };
    expect(await inspectSource(shrinking)).toMatchObject({ verdict: "refused", fault: "cut-off" });
});

test("a stranger's text is shown without control and direction characters", async () => {
    const file = smallModel();
    const inspection = await inspectSource(
        bufferSource(
            writeGguf({
                ...file,
                entries: file.entries.map(([key, old]) => [
                    key,
                    key === "general.name" ? text("a\u202eb\u0007c") : old,
                ]),
            }),
        ),
    );
    if (inspection.verdict !== "ok") throw new Error(inspection.fault);
    expect(inspection.shape.name).toBe("a\ufffdb\ufffdc");
});

test("a vocabulary of a quarter of a million tokens takes a fraction of the limit", async () => {
    const tokens = textList(Array.from({ length: 262_144 }, (_, index) => `token-${index}`));
    const merges = textList(Array.from({ length: 515_000 }, (_, index) => `to ${index}`));
    const file = smallModel();
    const kept = file.entries.filter(([key]) => !key.startsWith("tokenizer."));
    const { header, sizeBytes } = writeHeader({
        ...file,
        tensors: file.tensors.map((one, index) => (index === 0 ? { ...one, dimensions: [64, 262_144] } : one)),
        entries: [
            ...kept,
            ["tokenizer.ggml.model", text("gpt2")],
            ["tokenizer.ggml.tokens", tokens],
            ["tokenizer.ggml.merges", merges],
        ],
    });
    const source = sparseSource(header, sizeBytes);
    const inspection = await inspectSource(source);
    expect(inspection).toMatchObject({ verdict: "ok", shape: { vocabularySize: 262_144, mergeCount: 515_000 } });
    expect(inspection.milliseconds).toBeLessThan(700);
    expect(source.bytesRead()).toBeLessThan(header.byteLength * 1.2 + MEBIBYTE);
});

describe.skipIf(process.platform === "win32")("what is named .gguf and is no file", () => {
    let folder = "";
    beforeAll(async () => {
        folder = await mkdtemp(path.join(os.tmpdir(), "hearth-inspector-"));
        await promisify(execFile)("mkfifo", [path.join(folder, "pipe.gguf")]);
        await mkdir(path.join(folder, "folder.gguf"));
        await symlink(path.join(folder, "nowhere"), path.join(folder, "dangling.gguf"));
        await symlink(path.join(folder, "loop.gguf"), path.join(folder, "loop.gguf"));
        await symlink("/dev/zero", path.join(folder, "device.gguf"));
        await symlink(path.join(folder, "pipe.gguf"), path.join(folder, "to-pipe.gguf"));
        await writeFile(path.join(folder, "empty.gguf"), "");
        await writeFile(path.join(folder, "whole.gguf"), writeGguf(smallModel()));
        await symlink(path.join(folder, "whole.gguf"), path.join(folder, "to-whole.gguf"));
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    test.each([
        ["pipe", "not-a-file"],
        ["to-pipe", "not-a-file"],
        ["folder", "not-a-file"],
        ["device", "not-a-file"],
        ["dangling", "unreadable"],
        ["loop", "unreadable"],
        ["missing", "unreadable"],
        ["empty", "empty"],
    ])("%s: %s", async (name, fault) => {
        const inspection = await inspectFile(path.join(folder, `${name}.gguf`));
        expect(inspection).toMatchObject({ verdict: "refused", fault });
        expect(inspection.milliseconds).toBeLessThan(1000);
    });

    test.each(["whole", "to-whole"])("%s is let through", async (name) => {
        expect((await inspectFile(path.join(folder, `${name}.gguf`))).verdict).toBe("ok");
    });
});

test("a header that ends within a list of numbers is refused", async () => {
    const bytes = Buffer.concat([
        Buffer.from("GGUF"),
        rawU32(3),
        rawU64(1),
        rawU64(1),
        rawU64(1),
        Buffer.from("k"),
        rawU32(9),
    ]);
    expect(await inspectSource(bufferSource(bytes))).toMatchObject({ fault: "cut-off" });
});
