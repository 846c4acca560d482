import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatFileSize, formatGibibytes, formatMemory, roundParts } from "./bytes.ts";

const GiB = 2 ** 30;
const nbsp = "\u00a0";

describe("memory in chips, counted in GiB and written GB", () => {
    it.each([
        [12 * GiB, "12 GB"],
        [11.2 * GiB, "11 GB"],
        [6.64 * GiB, "6.6 GB"],
        [9.96 * GiB, "10 GB"],
        [4 * GiB, "4 GB"],
        [0.55 * GiB, "0.6 GB"],
        [50 * 2 ** 20, "50 MB"],
        [0, "0 MB"],
    ])("%d is %s", (bytes, text) => {
        expect(formatMemory(bytes, "en")).toBe(text.replace(" ", nbsp));
    });
    it("follows the locale", () => {
        expect(formatMemory(6.64 * GiB, "de")).toBe(`6,6${nbsp}GB`);
        expect(formatGibibytes(6.64 * GiB, "de")).toBe("6,6");
        expect(formatGibibytes(8 * GiB, "en")).toBe("8.0");
    });
});

describe("files, decimal", () => {
    it.each([
        [7_121_861_440, "7.1 GB"],
        [22_134_528_992, "22 GB"],
        [98_362_432, "98 MB"],
        [140_200_000, "140 MB"],
        [999_700_000, "1 GB"],
        [1200, "2 kB"],
    ])("%d is %s", (bytes, text) => {
        expect(formatFileSize(bytes, "en")).toBe(text.replace(" ", nbsp));
    });
});

describe("parts of a bar", () => {
    it("add up to the rounded total by largest remainder (design.md 4.1: 6.6 + 0.6 + 0.9 = 8.1)", () => {
        expect(roundParts([6.62 * GiB, 0.58 * GiB, 0.93 * GiB])).toEqual({ totalTenths: 81, partTenths: [66, 6, 9] });
    });
    it("always add up, and none moves by a tenth or more", () => {
        fc.assert(
            fc.property(fc.array(fc.integer({ min: 0, max: 64 * GiB }), { maxLength: 8 }), (parts) => {
                const { totalTenths, partTenths } = roundParts(parts);
                expect(partTenths.reduce((sum, tenths) => sum + tenths, 0)).toBe(totalTenths);
                for (const [index, tenths] of partTenths.entries())
                    expect(Math.abs(tenths - ((parts[index] ?? 0) / GiB) * 10)).toBeLessThan(1);
            }),
        );
    });
});
