import { existsSync, statSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Machine } from "#shared/schema/machine.ts";
import { createSettings } from "../settings/settings.ts";
import { createHardware, type Hardware } from "./hardware.ts";
import { createParts, type Parts } from "./probe.ts";
import { bandwidthEntry, card, desktop, devices, GiB, machinesFolder, noGraphics } from "./scan.fixtures.ts";

const log = { info: () => undefined, warn: () => undefined };
let data: string;
let opened: Hardware[];
beforeEach(async () => {
    data = await mkdtemp(path.join(os.tmpdir(), "hearth-hardware-"));
    opened = [];
});
afterEach(async () => {
    for (const hardware of opened) hardware.close();
    await rm(data, { recursive: true });
});

function open(
    parts: Partial<Parts> = {},
    { machineFile = null as string | null, threadsOverride = null as number | null } = {},
) {
    const hardware = createHardware({
        paths: { data, models: path.join(data, "models", "not", "there", "yet") },
        settings: createSettings({ dataFolder: data, log }),
        readBackends: () => Promise.resolve(noGraphics),
        loadDevices: () => Promise.resolve(devices),
        machineFile,
        threadsOverride,
        bandwidthEntry,
        log,
        parts: { ...desktop, ...parts },
    });
    opened.push(hardware);
    return hardware;
}
const throws = () => {
    throw new Error("at once");
};
const fails = () => Promise.reject(new Error("broken"));
const next = (hardware: Hardware) =>
    new Promise<Machine>((resolve) => {
        const stop = hardware.subscribe((machine) => {
            stop();
            resolve(machine);
        });
    });

const measured = async () => (await open().scan({ fresh: true })).memory.measuredBandwidthBytesPerSecond;

describe("the scan of this computer", () => {
    it("ends within two seconds with sane values, measures memory once, and remembers it", async () => {
        const parts = createParts({ modelsFolder: data, readBackends: () => Promise.resolve(noGraphics) });
        const begun = performance.now();
        const hardware = open(parts);
        const machine = await hardware.scan({ fresh: false });
        expect(performance.now() - begun).toBeLessThan(2000);
        expect(Machine.parse(machine)).toEqual(machine);
        expect(machine.cpu.name.value).not.toBe("");
        expect(machine.cpu.physicalCores.value).toBeLessThanOrEqual(machine.cpu.logicalCores.value);
        expect(machine.memory.totalBytes.value).toBeGreaterThan(GiB / 4);
        expect(machine.memory.freeBytes.value).toBeLessThanOrEqual(machine.memory.totalBytes.value);
        expect(machine.disk.totalBytes.value).toBeGreaterThan(0);
        expect(machine.system.name).not.toBe("");
        expect(await hardware.scan({ fresh: false })).toBe(machine);

        const changed = await next(hardware);
        const rate = changed.memory.measuredBandwidthBytesPerSecond;
        expect(rate?.origin).toBe("measured");
        expect(rate?.value).toBeGreaterThan(1e9);
        const file = path.join(data, "machine-facts.json");
        await expect.poll(() => existsSync(file)).toBe(true);
        if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
        const again = await open(parts).scan({ fresh: false });
        expect(again.memory.measuredBandwidthBytesPerSecond?.value).toBe(rate?.value);
    });

    it.each(Object.keys(desktop))("goes on without the part %s, thrown or silent", async (part) => {
        const machine = Machine.parse(await open({ [part]: fails }).scan({ fresh: false }));
        expect(machine.memory.totalBytes.value).toBeGreaterThan(0);
        expect(Machine.parse(await open({ [part]: throws }).scan({ fresh: false })).kind).toBe("here");
    });

    it("goes on when all parts fail", async () => {
        const parts = Object.fromEntries(Object.keys(desktop).map((part) => [part, fails]));
        const machine = Machine.parse(await open(parts).scan({ fresh: false }));
        expect(machine.cpu.physicalCores.confidence).toBe("low");
        expect(machine.doubts.map(({ kind }) => kind)).toEqual(["graphics-not-read"]);
    });

    it("ends in time when graphics are late, and changes the plan when they answer", async () => {
        const { promise, resolve } = Promise.withResolvers<typeof noGraphics>();
        const hardware = open({ backends: () => promise });
        const begun = performance.now();
        const machine = await hardware.scan({ fresh: false });
        expect(performance.now() - begun).toBeLessThan(2000);
        expect(machine.gpus).toEqual([]);
        expect(machine.doubts.map(({ kind }) => kind)).toEqual(["graphics-not-read"]);
        const changed = next(hardware);
        resolve(card("NVIDIA GeForce RTX 4060", 8 * GiB, { backend: "cuda" }));
        expect((await changed).gpus[0]?.deviceId).toBe("nvidia-rtx-4060");
        expect((await hardware.scan({ fresh: false })).doubts).toEqual([]);
    });

    it("does not take a software driver for a graphics card", async () => {
        const report = { ...noGraphics, softwareDriver: "llvmpipe (LLVM 15.0.6, 256 bits)" };
        const machine = await open({ backends: () => Promise.resolve(report) }).scan({ fresh: false });
        expect(machine.gpus).toEqual([]);
        expect(machine.softwareGraphics).toContain("llvmpipe");
        expect(machine.doubts.map(({ kind }) => kind)).toEqual(["software-graphics"]);
    });

    it("keeps within a container", async () => {
        const machine = await open({
            memory: () => Promise.resolve({ totalBytes: 8 * GiB, freeBytes: GiB / 4, hostTotalBytes: 64 * GiB }),
            limits: () => Promise.resolve({ memoryLimitBytes: 8 * GiB, memoryUsedBytes: 0, cpuLimit: 2.5 }),
        }).scan({ fresh: false });
        expect(machine.container).toEqual({ memoryLimitBytes: 8 * GiB, cpuLimit: 2.5 });
        expect(machine.cpu.physicalCores.value).toBe(2);
        expect(machine.threads.value).toBe(1);
        expect(machine.doubts[0]).toMatchObject({ kind: "container-limit", figures: { hostBytes: 64 * GiB } });
    });

    it("cleans hostile names", async () => {
        const machine = await open({
            backends: () => Promise.resolve(card("\u001b[31m<b>\u202eGPU", 8 * GiB)),
        }).scan({ fresh: false });
        expect(machine.gpus[0]?.name.value).toBe("[31m<b> GPU");
        expect(JSON.stringify(machine)).not.toMatch(/\u202e|\\u001b/);
    });

    it("takes the shell's threads, up to the cores", async () => {
        expect((await open({}, { threadsOverride: 3 }).scan({ fresh: false })).threads.value).toBe(3);
        expect((await open({}, { threadsOverride: 99 }).scan({ fresh: false })).threads.value).toBe(8);
        expect((await open().scan({ fresh: false })).threads).toMatchObject({ value: 8, origin: "estimated" });
    });

    it("uses the threads that wrote fastest on the engine, says so, and remembers it", async () => {
        const hardware = open();
        await hardware.scan({ fresh: false });
        const rates = [
            { threads: 4, tokensPerSecond: 12 },
            { threads: 6, tokensPerSecond: 17 },
            { threads: 8, tokensPerSecond: 14 },
        ];
        expect(hardware.wantsThreads(1e9)).toBe(true);
        const changed = next(hardware);
        await hardware.rememberThreads({ rates, bytesPerToken: 1e9 });
        const measured = { value: 6, origin: "measured", confidence: "high" };
        expect((await changed).threads).toMatchObject(measured);
        expect((await changed).threads.note).toContain("17.0 tokens/s with 6");
        const again = open();
        expect((await again.scan({ fresh: false })).threads).toMatchObject(measured);
        expect(again.wantsThreads(1e6)).toBe(false);
        await again.correct({ threads: 2 });
        expect(again.wantsThreads(1e12)).toBe(false);
        const given = open({}, { threadsOverride: 3 });
        expect((await given.scan({ fresh: false })).threads.origin).toBe("corrected");
        expect(given.wantsThreads(1e12)).toBe(false);
    });

    it("is not stopped by a damaged facts file, and reads a whole one of this machine only", async () => {
        const file = path.join(data, "machine-facts.json");
        await writeFile(file, "{");
        expect(await measured()).toBeNull();
        const facts = { key: "AMD Ryzen 7 5700X, 8 cores, 32 GiB", bandwidthBytesPerSecond: 4e10, measurements: 3 };
        await writeFile(file, JSON.stringify(facts));
        expect((await measured())?.value).toBe(4e10);
        await writeFile(file, JSON.stringify({ ...facts, key: "another" }));
        expect(await measured()).toBeNull();
    });
});

describe("corrections", () => {
    it("are marked, published, and remembered by the next start; null puts the detected value back", async () => {
        const hardware = open();
        await hardware.scan({ fresh: false });
        const told = next(hardware);
        const before = await hardware.readMemoryNow();
        const machine = await hardware.correct({ memoryTotalBytes: 64 * GiB, cpuPhysicalCores: 6 });
        expect(machine.memory.totalBytes).toEqual({ value: 64 * GiB, origin: "corrected", confidence: "high" });
        expect(await told).toEqual(machine);
        const now = await hardware.readMemoryNow();
        expect(now.totalBytes).toBe(64 * GiB);
        // What programs hold at this moment stays held, so all of what was added is free.
        expect((now.freeBytes - before.freeBytes) / GiB / 32).toBeCloseTo(1, 1);

        const restarted = open();
        expect((await restarted.scan({ fresh: true })).memory.totalBytes.value).toBe(64 * GiB);
        const back = await restarted.correct({ memoryTotalBytes: null });
        expect(back.memory.totalBytes).toMatchObject({ value: 32 * GiB, origin: "read" });
        expect(back.cpu.physicalCores).toMatchObject({ value: 6, origin: "corrected" });
        expect(JSON.parse(await readFile(path.join(data, "settings.json"), "utf8"))).toMatchObject({
            corrections: { cpuPhysicalCores: 6 },
        });
    });
});

describe("a described machine", () => {
    const machineFile = path.join(machinesFolder, "apu-512mb.json");

    it("stands in for the scan, with its own memory, and never asks or measures this computer", async () => {
        const hardware = open({ cpu: () => Promise.reject(new Error("asked")) }, { machineFile });
        const machine = await hardware.scan({ fresh: true });
        expect(machine).toMatchObject({ kind: "described", title: expect.stringContaining("512 MB") });
        expect(await hardware.readMemoryNow()).toEqual({
            totalBytes: 16 * GiB,
            freeBytes: 9 * GiB,
            gpuTotalBytes: GiB / 2,
            gpuFreeBytes: Math.floor(0.4 * GiB),
        });
        expect(existsSync(path.join(data, "machine-facts.json"))).toBe(false);
    });

    it("keeps its corrections apart from this computer's", async () => {
        await open().correct({ memoryTotalBytes: 64 * GiB });
        const hardware = open({}, { machineFile });
        expect((await hardware.scan({ fresh: false })).memory.totalBytes.value).toBe(16 * GiB);
        expect((await hardware.correct({ gpuIsUnified: true })).doubts).toEqual([]);
        expect((await open().scan({ fresh: false })).memory.totalBytes.value).toBe(64 * GiB);
    });

    it("is refused by name of the field", async () => {
        await writeFile(path.join(data, "bad.json"), "{}");
        const hardware = open({}, { machineFile: path.join(data, "bad.json") });
        await expect(hardware.scan({ fresh: false })).rejects.toMatchObject({ failure: { code: "MACHINE_DAMAGED" } });
    });
});
