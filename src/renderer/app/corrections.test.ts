import { expect, test } from "vitest";
import { applyCorrections } from "#shared/domain/machine/correct.ts";
import { desktop3060, describe, GiB } from "#shared/domain/machines.fixtures.ts";
import { changesOf, type CorrectionForm, readForm, toForm } from "./corrections.ts";

const before: CorrectionForm = {
    memoryTotalBytes: "15.6",
    cpuPhysicalCores: "8",
    memoryBandwidthBytesPerSecond: "38",
    gpuTotalBytes: "",
    gpuBandwidthBytesPerSecond: "",
};

test("only what was changed is corrected, in bytes", () => {
    const form = { ...before, memoryTotalBytes: "32", memoryBandwidthBytesPerSecond: "51,2" };
    expect(readForm(form, before)).toEqual({
        corrections: { memoryTotalBytes: 32 * 2 ** 30, memoryBandwidthBytesPerSecond: 51.2e9 },
        wrong: [],
    });
});

test("an emptied field takes the detected value back", () => {
    expect(readForm({ ...before, cpuPhysicalCores: " " }, before).corrections).toEqual({ cpuPhysicalCores: null });
});

test("what is impossible is named and not sent", () => {
    const form = { ...before, cpuPhysicalCores: "0", gpuTotalBytes: "many" };
    expect(readForm(form, before)).toEqual({ corrections: {}, wrong: ["cpuPhysicalCores", "gpuTotalBytes"] });
});

test("the form starts from what the screen shows: a measured memory speed where no table has one", () => {
    const measured = describe({
        totalGiB: 24,
        freeGiB: 20,
        bandwidth: null,
        measuredBandwidth: 28.04e9,
        cpuClass: null,
    });
    expect(toForm(measured)).toMatchObject({ memoryBandwidthBytesPerSecond: "28.04", gpuTotalBytes: "" });
    expect(toForm(desktop3060)).toMatchObject({ gpuTotalBytes: "12", gpuBandwidthBytesPerSecond: "360" });
});

test("each changed value has its own way back: to ours, or to what the reader had said before", () => {
    expect(changesOf(desktop3060, { gpuIsUnified: true, memoryTotalBytes: 16 * GiB })).toEqual([
        { field: "memoryTotalBytes", value: 16 * GiB, undo: { memoryTotalBytes: null } },
        { field: "gpuIsUnified", value: true, undo: { gpuIsUnified: null } },
    ]);
    const once = applyCorrections(desktop3060, { memoryTotalBytes: 16 * GiB });
    expect(changesOf(once, { memoryTotalBytes: 64 * GiB })).toEqual([
        { field: "memoryTotalBytes", value: 64 * GiB, undo: { memoryTotalBytes: 16 * GiB } },
    ]);
    expect(changesOf(once, { memoryTotalBytes: null, cpuPhysicalCores: null })).toEqual([
        { field: "memoryTotalBytes", value: null, undo: { memoryTotalBytes: 16 * GiB } },
    ]);
});
