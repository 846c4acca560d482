import { expect, test } from "vitest";
import { type CorrectionForm, readForm } from "./corrections.ts";

const before: CorrectionForm = {
    memoryTotalBytes: "15.6",
    cpuPhysicalCores: "8",
    gpuTotalBytes: "",
    memoryBandwidthBytesPerSecond: "38",
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
