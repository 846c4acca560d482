import { describe, expect, it } from "vitest";
import type { BackendReport } from "#shared/schema/engine.ts";
import { readGraphics } from "./graphics.ts";
import { known } from "./known.ts";
import { card, devices, GiB, noGraphics } from "./scan.fixtures.ts";

const read = (report: BackendReport, cpuName = "AMD Ryzen 7 5700X") =>
    readGraphics(report, { devices, cpuName, memoryBandwidth: known(51.2e9, "read", "medium") });

describe("readGraphics", () => {
    it.each([
        ["a card of its own", card("NVIDIA GeForce RTX 4060", 8 * GiB), false, 272e9, []],
        [
            "integrated, read as shared",
            card("AMD Radeon 780M Graphics (RADV PHOENIX)", 8 * GiB, { unifiedBytes: 8 * GiB }),
            true,
            51.2e9,
            [],
        ],
        ["integrated, 512 MB", card("AMD Radeon 780M Graphics", GiB / 2), true, 51.2e9, ["shared-memory"]],
        ["integrated that only says so", card("AMD Radeon(TM) Graphics", 2 * GiB), true, 51.2e9, ["shared-memory"]],
        ["tiny and unknown", card("Some Chip", GiB / 4), true, 51.2e9, ["shared-memory"]],
        ["a small old card", card("NVIDIA GeForce GTX 1050", 2 * GiB), false, 112e9, []],
        ["a card no table names", card("MTT S80", 16 * GiB), false, null, ["card-not-in-table"]],
        ["Apple silicon", card("Apple M2", 10 * GiB, { backend: "metal", unifiedBytes: 10 * GiB }), true, 100e9, []],
    ])("%s", (_name, report, isUnified, bandwidth, doubts) => {
        const { gpus, doubts: found } = read(report);
        expect(gpus).toHaveLength(1);
        expect(gpus[0]?.isUnified.value).toBe(isUnified);
        expect(gpus[0]?.bandwidthBytesPerSecond?.value ?? null).toBe(bandwidth);
        expect(gpus[0]?.totalBytes.value).toBe(report.totalBytes);
        expect(found.map(({ kind }) => kind)).toEqual(doubts);
    });

    it("finds graphics without a name by their processor", () => {
        const { gpus } = read(card("AMD Radeon Graphics", 96 * GiB), "AMD RYZEN AI MAX+ 395 w/ Radeon 8060S");
        expect(gpus[0]?.deviceId).toBe("amd-8060s");
        expect(gpus[0]?.bandwidthBytesPerSecond?.value).toBe(256e9);
    });

    it("knows none without a usable backend, device or memory", () => {
        expect(read(noGraphics).gpus).toEqual([]);
        expect(read(card("RTX 4060", 0)).gpus).toEqual([]);
        expect(read({ ...card("RTX 4060", GiB), deviceNames: [] }).gpus).toEqual([]);
    });

    it("cleans a hostile name and never reports more free than there is", () => {
        const gpu = read(card(`\u001b]0;x\u0007${"A".repeat(190)}`, GiB * 8, { freeBytes: GiB * 20 })).gpus[0];
        expect(gpu?.name.value).not.toMatch(/\p{Cc}/u);
        expect(gpu?.name.value.length).toBeLessThanOrEqual(120);
        expect(gpu?.freeBytes.value).toBe(GiB * 8);
    });
});
