import { describe, expect, it } from "vitest";
import { findProcessor } from "./find-processor.ts";
import { findMemoryBandwidth } from "./memory-bandwidth.ts";
import { devices } from "./scan.fixtures.ts";

const named = (name: string) => findProcessor(devices, name, null);
const modules = (count: number, megatransfersPerSecond: number) => ({ count, megatransfersPerSecond });

describe("findMemoryBandwidth", () => {
    it.each([
        ["two modules are two channels", modules(2, 3200), "AMD Ryzen 7 5700X", 51.2e9, "read"],
        ["four modules still are two", modules(4, 3200), "AMD Ryzen 7 5700X", 51.2e9, "read"],
        ["one module is half", modules(1, 3200), "AMD Ryzen 7 5700X", 25.6e9, "read"],
        ["a server has more channels", modules(8, 2933), "AMD EPYC 7352", 187.712e9, "read"],
        ["but not more than its maker says", modules(12, 3200), "AMD EPYC 7352", 204.8e9, "read"],
        ["without modules the table", null, "AMD Ryzen 7 5700X", 51.2e9, "published"],
        ["Apple's memory is on the chip", modules(8, 6400), "Apple M3", 102.4e9, "published"],
        ["also where only its graphics have a row", modules(8, 4266), "Apple M1", 68.3e9, "published"],
        ["an unknown processor's modules", modules(2, 5600), "Foo 9000", 89.6e9, "read"],
    ])("%s", (_name, given, cpu, bytesPerSecond, origin) => {
        const found = findMemoryBandwidth(given, named(cpu));
        expect(found?.value).toBeCloseTo(bytesPerSecond, -3);
        expect(found?.origin).toBe(origin);
    });
    it("invents none", () => expect(findMemoryBandwidth(null, null)).toBeNull());
});
