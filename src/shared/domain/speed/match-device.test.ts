import { describe, expect, it } from "vitest";
import { devices } from "../catalog/data.fixtures.ts";
import { matchDevice, normalizeName } from "./match-device.ts";

const GiB = 2 ** 30;
const graphics = ["gpu", "igpu", "apple", "apu"] as const;

describe("the device table", () => {
    it("has patterns that can be read, and a source, a bandwidth's unit and an id used once in every row", () => {
        for (const device of devices) {
            expect(() => new RegExp(device.match, "i")).not.toThrow();
            expect(device.source).toMatch(/^https:\/\//);
        }
        expect(new Set(devices.map(({ id }) => id)).size).toBe(devices.length);
        expect(devices.length).toBeGreaterThan(400);
    });
});

describe("matching a name", () => {
    it.each([
        ["Intel(R) Core(TM) i7-8700 CPU @ 3.20GHz", "Intel Core i7-8700 CPU @ 3.20GHz"],
        ["AMD Radeon RX 7900 XTX (RADV NAVI31)", "AMD Radeon RX 7900 XTX"],
        ["  Apple   M2 ", "Apple M2"],
    ])("normalises %s", (name, plain) => {
        expect(normalizeName(name)).toBe(plain);
    });

    it.each([
        ["NVIDIA GeForce RTX 3060", 12, 360e9, "nvidia-ampere"],
        ["NVIDIA GeForce RTX 3060", 8, 240e9, "nvidia-ampere"],
        ["NVIDIA GeForce RTX 4090", 24, 1008e9, "nvidia-ada"],
        ["AMD Radeon RX 7900 XTX (RADV NAVI31)", 24, 960e9, "amd-rdna3"],
    ])("finds %s with %d GB", (name, memoryGiB, bandwidth, deviceClass) => {
        const device = matchDevice(devices, name, graphics, memoryGiB * GiB - 300 * 2 ** 20);
        expect(device?.bandwidthBytesPerSecond).toBe(bandwidth);
        expect(device?.class).toBe(deviceClass);
    });

    it("tells Apple chips of one name by their cores, and takes the slower where they are not known", () => {
        const find = (gpuCores: number | null) =>
            matchDevice(devices, "Apple M3 Max", ["apple"], null, { gpuCores })?.bandwidthBytesPerSecond;
        expect(find(40)).toBe(400e9);
        expect(find(30)).toBe(300e9);
        expect(find(null)).toBe(300e9);
    });

    it("knows processors, and says nothing of names that say nothing", () => {
        expect(matchDevice(devices, "Intel(R) Core(TM) i7-8700 CPU @ 3.20GHz", ["cpu"], null)?.class).toBe(
            "cpu-desktop-intel",
        );
        expect(matchDevice(devices, "AMD Radeon(TM) Graphics", graphics, 512 * 2 ** 20)).toBeNull();
        expect(matchDevice(devices, "Moore Threads MTT S80", graphics, 16 * GiB)).toBeNull();
        expect(matchDevice(devices, "llvmpipe (LLVM 15.0.7, 256 bits)", graphics, 8 * GiB)).toBeNull();
    });
});
