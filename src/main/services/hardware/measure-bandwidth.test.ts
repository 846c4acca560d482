import { describe, expect, it } from "vitest";
import { measureBandwidth, planBandwidth } from "./measure-bandwidth.ts";
import { bandwidthEntry, GiB } from "./scan.fixtures.ts";

const MiB = 2 ** 20;

describe("planBandwidth", () => {
    it.each([
        [{ physicalCores: 2, freeBytes: 16 * GiB }, 2, 256 * MiB],
        [{ physicalCores: 8, freeBytes: 8 * GiB }, 8, 128 * MiB],
        [{ physicalCores: 128, freeBytes: 512 * GiB }, 64, 256 * MiB],
    ])("%j", (given, threads, bytesPerThread) => {
        expect(planBandwidth(given)).toMatchObject({ threads, bytesPerThread });
        expect(threads * bytesPerThread).toBeLessThanOrEqual(given.freeBytes / 8);
    });
    it("measures nothing where the caches would be measured", () =>
        expect(planBandwidth({ physicalCores: 4, freeBytes: GiB / 2 })).toBeNull());
});

describe("measureBandwidth", () => {
    const task = { threads: 2, bytesPerThread: 32 * MiB, milliseconds: 100 };

    it("really reads memory", async () => {
        const { signal } = new AbortController();
        const { bytesPerSecond, cpuShare } = await measureBandwidth(bandwidthEntry, { task, signal });
        expect(bytesPerSecond).toBeGreaterThan(1e9);
        expect(bytesPerSecond).toBeLessThan(2e12);
        expect(cpuShare).toBeGreaterThan(0);
    });
    it("ends at once when aborted", async () => {
        const aborting = new AbortController();
        const measured = measureBandwidth(bandwidthEntry, {
            task: { ...task, milliseconds: 60_000 },
            signal: aborting.signal,
        });
        aborting.abort();
        await expect(measured).rejects.toThrow("ended without an answer");
    });
    it("rejects where the worker fails", async () => {
        const signal = new AbortController().signal;
        await expect(measureBandwidth(`${bandwidthEntry}.missing`, { task, signal })).rejects.toThrow();
        await expect(
            measureBandwidth(bandwidthEntry, { task: { ...task, bytesPerThread: 2 ** 60 }, signal }),
        ).rejects.toThrow();
    });
});
