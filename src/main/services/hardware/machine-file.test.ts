import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Failed } from "#shared/schema/failure.ts";
import { Machine } from "#shared/schema/machine.ts";
import { type Known, Origin } from "#shared/schema/origin.ts";
import { loadMachineFile } from "./machine-file.ts";
import { devices, GiB, machinesFolder } from "./scan.fixtures.ts";

const isKnown = (value: unknown): value is Known<unknown> =>
    typeof value === "object" && value !== null && "origin" in value && Origin.safeParse(value.origin).success;

/** Each figure of a machine with its place. */
function* figures(value: unknown, place = ""): Generator<[string, Known<unknown>]> {
    if (isKnown(value)) yield [place, value];
    else if (typeof value === "object" && value !== null)
        for (const [key, part] of Object.entries(value)) yield* figures(part, `${place}.${key}`);
}

const files = (await readdir(machinesFolder)).toSorted();
const damaged = (field: string) => ({ code: "MACHINE_DAMAGED", data: { field } });
const load = (name: string) => loadMachineFile(path.join(machinesFolder, `${name}.json`));

describe("described machines", () => {
    it("are the eight of the issue", () =>
        expect(files).toEqual([
            "apple-16gb.json",
            "apu-512mb.json",
            "avx-only-8gb.json",
            "card-taken.json",
            "container-8gb.json",
            "desktop-32gb-8gb-card.json",
            "laptop-8gb.json",
            "unknown-card.json",
        ]));

    it.each(files)("%s is whole, says so, and gives a source or a reason for each figure", async (file) => {
        const machine = await loadMachineFile(path.join(machinesFolder, file));
        expect(machine.kind).toBe("described");
        expect(machine.title).toBeTruthy();
        for (const [place, { origin, note }] of figures(machine)) {
            expect(["published", "estimated"], place).toContain(origin);
            if (origin === "published") expect(note, place).toMatch(/https:\/\//);
            else expect(note, place).toBeTruthy();
        }
        const { memory, gpus, cpu, threads } = machine;
        expect(memory.freeBytes.value).toBeLessThanOrEqual(memory.totalBytes.value);
        for (const gpu of gpus) expect(gpu.freeBytes.value).toBeLessThanOrEqual(gpu.totalBytes.value);
        expect(threads.value).toBeLessThanOrEqual(cpu.physicalCores.value);
        for (const { deviceId, bandwidthBytesPerSecond } of gpus) {
            const row = devices.find(({ id }) => id === deviceId);
            expect(bandwidthBytesPerSecond?.value ?? null).toBe(row?.bandwidthBytesPerSecond ?? null);
        }
        const cpuRow = devices.find(({ id }) => id === cpu.deviceId);
        if (cpuRow) expect(memory.bandwidthBytesPerSecond?.value).toBe(cpuRow.bandwidthBytesPerSecond);
    });

    it("are each what their name says", async () => {
        expect((await load("avx-only-8gb")).cpu.instructionSets.value).toEqual(["sse4_2", "avx"]);
        expect((await load("laptop-8gb")).gpus).toEqual([]);
        expect((await load("apple-16gb")).gpus[0]?.isUnified.value).toBe(true);
        expect((await load("apu-512mb")).gpus[0]?.totalBytes.value).toBe(GiB / 2);
        expect((await load("apu-512mb")).doubts.map(({ kind }) => kind)).toEqual(["shared-memory"]);
        expect((await load("card-taken")).gpus[0]?.freeBytes.value).toBeLessThan(GiB);
        expect((await load("unknown-card")).gpus[0]?.bandwidthBytesPerSecond).toBeNull();
        expect((await load("container-8gb")).container).toEqual({ memoryLimitBytes: 8 * GiB, cpuLimit: 4 });
    });
});

describe("loadMachineFile", () => {
    let folder: string;
    let whole: Machine;
    beforeAll(async () => {
        folder = await mkdtemp(path.join(os.tmpdir(), "hearth-machine-"));
        whole = Machine.parse(JSON.parse(await readFile(path.join(machinesFolder, "laptop-8gb.json"), "utf8")));
    });
    afterAll(() => rm(folder, { recursive: true }));

    const failureOf = async (content: string | null): Promise<unknown> => {
        const file = path.join(folder, content === null ? "missing.json" : "machine.json");
        if (content !== null) await writeFile(file, content);
        return loadMachineFile(file).then(
            () => "no failure",
            (error: Failed) => error.failure,
        );
    };

    it.each([
        ["the file cannot be read", null],
        ["the file is not JSON", "{"],
        ["the file is not JSON", ""],
        ["the file is too large", " ".repeat(300_000)],
        ["the whole file", "[]"],
    ])("refuses a file: %s", async (field, content) => expect(await failureOf(content)).toEqual(damaged(field)));

    it("names the wrong field of one that is partly damaged", async () => {
        const cpu = { ...whole.cpu, physicalCores: { ...whole.cpu.physicalCores, value: -4 } };
        expect(await failureOf(JSON.stringify({ ...whole, cpu }))).toEqual(damaged("cpu.physicalCores.value"));
        expect(await failureOf(JSON.stringify({ ...whole, battery: 3 }))).toEqual(damaged("battery"));
    });

    it("takes another computer's scan as a described machine, and cleans its names", async () => {
        const file = path.join(folder, "here.json");
        const name = { ...whole.cpu.name, value: "Evil\u001b[2J\u202eCPU" };
        await writeFile(file, JSON.stringify({ ...whole, kind: "here", title: null, cpu: { ...whole.cpu, name } }));
        const machine = await loadMachineFile(file);
        expect(machine).toMatchObject({ kind: "described", title: "Evil [2J CPU" });
    });
});
