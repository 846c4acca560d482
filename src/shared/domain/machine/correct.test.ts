import { describe, expect, it } from "vitest";
import type { Doubt, Machine } from "../../schema/machine.ts";
import type { Known } from "../../schema/origin.ts";
import { applyCorrections } from "./correct.ts";
import { mayShareMemory, soundsIntegrated } from "./integrated.ts";

const GiB = 2 ** 30;
const read = <Value>(value: Value): Known<Value> => ({ value, origin: "read", confidence: "high" });
const doubt = (kind: Doubt["kind"]): Doubt => ({ field: "gpu.isUnified", kind, figures: {} });

const machine: Machine = {
    schemaVersion: 1,
    kind: "here",
    title: null,
    cpu: {
        name: read("A"),
        physicalCores: read(8),
        logicalCores: read(16),
        instructionSets: read(["avx2"]),
        deviceClass: null,
        deviceId: null,
    },
    memory: {
        totalBytes: read(32 * GiB),
        freeBytes: read(20 * GiB),
        bandwidthBytesPerSecond: null,
        measuredBandwidthBytesPerSecond: null,
    },
    gpus: [
        {
            name: read("G"),
            backend: "vulkan",
            totalBytes: read(8 * GiB),
            freeBytes: read(6 * GiB),
            isUnified: read(false),
            drivesDisplay: read(true),
            bandwidthBytesPerSecond: null,
            deviceId: null,
            deviceClass: null,
        },
    ],
    softwareGraphics: null,
    disk: { totalBytes: read(1), freeBytes: read(1), fileSystem: null },
    system: { platform: "linux", name: "L", version: "1", architecture: "x64" },
    battery: null,
    container: null,
    threads: { value: 8, origin: "estimated", confidence: "medium" },
    doubts: [doubt("shared-memory"), doubt("card-not-in-table"), doubt("container-limit"), doubt("graphics-not-read")],
    scannedAt: "2026-11-25T00:00:00.000Z",
    scanMilliseconds: 1,
};

describe("applyCorrections", () => {
    it("changes nothing without a correction, or with nulls", () => {
        expect(applyCorrections(machine, {})).toEqual(machine);
        expect(applyCorrections(machine, { memoryTotalBytes: null, threads: null, gpuTotalBytes: null })).toEqual(
            machine,
        );
    });

    it("keeps what other programs hold out of main memory that was corrected", () => {
        const usedBytes = machine.memory.totalBytes.value - machine.memory.freeBytes.value;
        const { memory } = applyCorrections(machine, { memoryTotalBytes: usedBytes + 3 * GiB });
        expect(memory.totalBytes).toEqual({ value: usedBytes + 3 * GiB, origin: "corrected", confidence: "high" });
        expect(memory.freeBytes.value).toBe(3 * GiB);
        expect(applyCorrections(machine, { memoryTotalBytes: usedBytes / 2 }).memory.freeBytes.value).toBe(0);
    });

    it("puts the reader's memory speed in place of the measured one, and gives that back", () => {
        const measured = { ...machine, memory: { ...machine.memory, measuredBandwidthBytesPerSecond: read(28e9) } };
        const { memory } = applyCorrections(measured, { memoryBandwidthBytesPerSecond: 60e9 });
        expect(memory.bandwidthBytesPerSecond).toMatchObject({ value: 60e9, origin: "corrected" });
        expect(memory.measuredBandwidthBytesPerSecond).toBeNull();
        expect(applyCorrections(measured, { memoryBandwidthBytesPerSecond: null })).toEqual(measured);
    });

    it.each([
        [16 * GiB, 14 * GiB],
        [4 * GiB, 2 * GiB],
        [GiB, 0],
        [0, 0],
    ])("graphics memory of %d has %d free: what others hold stays held", (gpuTotalBytes, freeBytes) => {
        const [gpu] = applyCorrections(machine, { gpuTotalBytes }).gpus;
        expect(gpu?.totalBytes.value).toBe(gpuTotalBytes);
        expect(gpu?.freeBytes.value).toBe(freeBytes);
    });

    it.each([
        [{ cpuPhysicalCores: 2 }, 1],
        [{ cpuPhysicalCores: 12 }, 12],
        [{ threads: 4 }, 4],
        [{ threads: 64 }, 8],
        [{ threads: 64, cpuPhysicalCores: 12 }, 12],
    ])("threads for %j are %d", (corrections, threads) =>
        expect(applyCorrections(machine, corrections).threads.value).toBe(threads),
    );

    it("takes a measured or given number of threads down with the cores, never up", () => {
        const given: Machine = { ...machine, threads: { value: 6, origin: "corrected", confidence: "high" } };
        expect(applyCorrections(given, { cpuPhysicalCores: 4 }).threads.value).toBe(4);
        expect(applyCorrections(given, { cpuPhysicalCores: 12 }).threads.value).toBe(6);
    });

    it.each([
        [{ gpuIsUnified: false }, "shared-memory"],
        [{ gpuTotalBytes: 8 * GiB }, "shared-memory"],
        [{ gpuBandwidthBytesPerSecond: 1e11 }, "card-not-in-table"],
        [{ memoryTotalBytes: 32 * GiB }, "container-limit"],
    ])("%j answers the question %s", (corrections, kind) => {
        const left = applyCorrections(machine, corrections).doubts.map((one) => one.kind);
        expect(left).toHaveLength(machine.doubts.length - 1);
        expect(left).not.toContain(kind);
    });
});

describe("integrated graphics", () => {
    it.each([
        ["AMD Radeon(TM) Graphics", true],
        ["AMD Radeon Graphics", true],
        ["AMD Radeon Vega 8 Graphics", true],
        ["AMD Radeon 780M", true],
        ["Intel(R) UHD Graphics 630", true],
        ["Intel(R) Iris(R) Xe Graphics", true],
        ["NVIDIA GeForce RTX 4060", false],
        ["AMD Radeon RX 7900 XTX", false],
        ["MTT S80", false],
    ])("%s: %s", (name, is) => expect(soundsIntegrated(name)).toBe(is));

    it.each([
        ["MTT S80", 16, false, false],
        ["Some Chip", 0.5, false, true],
        ["GeForce GT 710", 0.5, true, false],
        ["AMD Radeon Graphics", 2, false, true],
        ["AMD Radeon Graphics", 8, false, false],
    ])("%s with %d GiB, discrete by table %s: may share %s", (name, gibibytes, isDiscrete, may) =>
        expect(mayShareMemory({ name, totalBytes: gibibytes * GiB, isDiscrete })).toBe(may),
    );
});
