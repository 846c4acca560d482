import { expect, test } from "vitest";
import { en } from "./en.ts";
import { pseudo, pseudoText } from "./pseudo.ts";

test("pseudo text is at least 40 % longer and keeps its figures", () => {
    const text = pseudoText("16 GB free");
    expect(text.length).toBeGreaterThanOrEqual(14);
    expect(text).toContain("16");
});

test("sentences with figures are translated too", () => {
    const words = pseudo(en);
    expect(words.frame.connections(2)).toMatch(/^2 ç/);
    expect(words.failures.ENGINE_BUSY({}).sentence).not.toBe(en.failures.ENGINE_BUSY({}).sentence);
});
