import { expect, it } from "vitest";
import type { MemoryPool } from "../../schema/verdict.ts";
import { findShortage } from "./shortage.ts";

const pool = (name: MemoryPool["pool"], needBytes: number, freeBytes: number): MemoryPool => ({
    pool: name,
    totalBytes: 100,
    freeBytes,
    reserveBytes: 10,
    usableBytes: Math.max(0, freeBytes - 10),
    needBytes,
    parts: [],
});

it("refuses what a memory does not hold, and says which lacks most", () => {
    expect(findShortage([pool("gpu", 5, 8), pool("main", 5, 8)])).toBeNull();
    expect(findShortage([pool("gpu", 9, 8), pool("main", 20, 8)])).toEqual({
        memory: "main",
        neededBytes: 20,
        freeBytes: 8,
    });
    expect(findShortage([pool("gpu", 9, 8), pool("main", 5, 8)])?.memory).toBe("gpu");
    expect(findShortage([])).toBeNull();
});

it("never refuses what needs no more than what runs already, memory by memory", () => {
    const standing = [pool("gpu", 9, 8), pool("main", 5, 8)];
    expect(findShortage([pool("gpu", 9, 2), pool("main", 5, 2)], standing)).toBeNull();
    expect(findShortage([pool("gpu", 10, 2)], standing)?.memory).toBe("gpu");
    expect(findShortage([pool("gpu", 1, 2), pool("main", 9, 2)], standing)?.memory).toBe("main");
});
