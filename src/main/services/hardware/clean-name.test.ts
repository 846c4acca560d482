import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanName, cleanText } from "./clean-name.ts";

describe("cleanName", () => {
    it.each([
        ["Intel(R) Core(TM) i7-8700 CPU @ 3.20GHz", "Intel Core i7-8700 CPU @ 3.20GHz"],
        ["Intel Xeon® Processor", "Intel Xeon Processor"],
        ["  AMD   Ryzen™ 7\t5700X\n", "AMD Ryzen 7 5700X"],
        ["GPU\u0000\u001b[31mred\u001b[0m", "GPU [31mred [0m"],
        ["\u202egnp.exe\u2069", "gnp.exe"],
        ["", ""],
    ])("%j becomes %j", (told, clean) => expect(cleanName(told)).toBe(clean));

    it("is at most 120 characters long", () => expect(cleanName("x".repeat(5000))).toHaveLength(120));

    it("leaves no control or direction character of any text", () => {
        fc.assert(
            fc.property(fc.string({ unit: "binary", maxLength: 400 }), (told) => {
                expect(cleanText(told)).not.toMatch(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/u);
                expect(cleanText(told).length).toBeLessThanOrEqual(300);
            }),
        );
    });
});
