import fc from "fast-check";
import { expect, test } from "vitest";
import type { MemoryPool } from "#shared/schema/verdict.ts";
import { chamberNow, chamberOf, roundPool, spokenSegments } from "./memory-segments.ts";

const GiB = 2 ** 30;
const pool = (needBytes: number, freeBytes = 11.2 * GiB): MemoryPool => ({
    pool: "gpu",
    totalBytes: 12 * GiB,
    freeBytes,
    reserveBytes: 1.6 * GiB,
    usableBytes: Math.max(0, freeBytes - 1.6 * GiB),
    needBytes,
    parts: [
        { part: "weights", bytes: needBytes * 0.8, origin: "read" },
        { part: "kvCache", bytes: needBytes * 0.1, origin: "estimated" },
        { part: "compute", bytes: needBytes * 0.1, origin: "estimated" },
    ],
});

test("segments of a memory add up to it, fitting or not", () => {
    fc.assert(
        fc.property(fc.double({ min: 0, max: 64 * GiB, noNaN: true }), (need) => {
            const { segments } = chamberOf(pool(need));
            const sum = segments.reduce((total, { bytes }) => total + bytes, 0);
            expect(sum / GiB).toBeCloseTo(12, 6);
            expect(segments.every(({ bytes }) => bytes >= 0)).toBe(true);
        }),
    );
});

test("spoken parts add up to the rounded total, whatever the parts", () => {
    fc.assert(
        fc.property(fc.double({ min: 0, max: 11 * GiB, noNaN: true }), (need) => {
            const spoken = spokenSegments(chamberOf(pool(need)), "en");
            expect(spoken.reduce((sum, { gibibytes }) => sum + Number(gibibytes), 0)).toBeCloseTo(12, 6);
        }),
    );
});

test("what is said of a bar is what its sum says", () => {
    fc.assert(
        fc.property(fc.double({ min: 0, max: 11 * GiB, noNaN: true }), (need) => {
            const rounded = roundPool(pool(need));
            const said = new Map(chamberOf(pool(need)).segments.map(({ kind, tenths }) => [kind, tenths ?? 0]));
            const used = (said.get("model") ?? 0) + (said.get("talk") ?? 0) + (said.get("work") ?? 0);
            expect(used).toBe(rounded.need);
            expect(rounded.usable + rounded.reserve).toBe(rounded.free);
        }),
    );
});

test("a tight model eats into the reserve and nothing else", () => {
    const { segments, overBytes } = chamberOf(pool(10.6 * GiB));
    expect(overBytes).toBe(0);
    expect(segments.find(({ kind }) => kind === "free")?.bytes).toBe(0);
    expect((segments.find(({ kind }) => kind === "reserve")?.bytes ?? 0) / GiB).toBeCloseTo(0.6, 6);
});

test("what is too large is told, never drawn smaller than the memory", () => {
    const { segments, overBytes } = chamberOf(pool(20.9 * GiB));
    expect(overBytes / GiB).toBeCloseTo(9.7, 6);
    expect(segments.find(({ kind }) => kind === "free")?.bytes).toBe(0);
});

test("a loaded model is never said to use more than is used", () => {
    const { segments } = chamberNow(16 * GiB, 10 * GiB, 9 * GiB, 1.6 * GiB);
    expect(segments.map(({ kind, bytes }) => [kind, Math.round(bytes / GiB)])).toEqual([
        ["other", 0],
        ["model", 6],
        ["free", 8],
        ["reserve", 2],
    ]);
});
