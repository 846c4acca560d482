import { describe, expect, it } from "vitest";
import { limitMemory, readMainMemory } from "./memory-now.ts";

const host = { total: 1000, available: 600 };
const limits = (memoryLimitBytes: number | null, memoryUsedBytes: number | null) => ({
    memoryLimitBytes,
    memoryUsedBytes,
    cpuLimit: null,
});

describe("limitMemory", () => {
    it.each([
        ["no limit", limits(null, null), { totalBytes: 1000, freeBytes: 600, hostTotalBytes: 1000 }],
        ["a limit above the host", limits(2000, 100), { totalBytes: 1000, freeBytes: 600, hostTotalBytes: 1000 }],
        ["a limit below it", limits(500, 100), { totalBytes: 500, freeBytes: 400, hostTotalBytes: 1000 }],
        ["a limit wider than what is free", limits(900, 10), { totalBytes: 900, freeBytes: 600, hostTotalBytes: 1000 }],
        ["more in use than allowed", limits(500, 700), { totalBytes: 500, freeBytes: 0, hostTotalBytes: 1000 }],
        ["a use that is not told", limits(500, null), { totalBytes: 500, freeBytes: 500, hostTotalBytes: 1000 }],
    ])("%s", (_name, given, expected) => expect(limitMemory(host, given)).toEqual(expected));

    it("reads this computer's", async () => {
        const { totalBytes, freeBytes, hostTotalBytes } = await readMainMemory();
        expect(freeBytes).toBeGreaterThan(0);
        expect(freeBytes).toBeLessThanOrEqual(totalBytes);
        expect(totalBytes).toBeLessThanOrEqual(hostTotalBytes);
    });
});
