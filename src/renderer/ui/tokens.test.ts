import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("tokens.css", import.meta.url), "utf8");

const colours = new Map(
    [...css.matchAll(/--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name, light, dark]) => [
        name ?? "",
        { light: light ?? "", dark: dark ?? "" },
    ]),
);
type Theme = "light" | "dark";

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
        const part = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(one: string, other: string, theme: Theme): number {
    const [a, b] = [one, other].map((name) => {
        const colour = colours.get(name);
        if (!colour) throw new Error(`no colour ${name}`);
        return luminance(colour[theme]);
    });
    const [low = 0, high = 0] = [a ?? 0, b ?? 0].toSorted((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
}

const surfaces = ["surface-0", "surface-1", "surface-2", "surface-3"];
const texts = ["ink-1", "ink-2", "ink-3", "ember-ink", "fits", "tight", "slow", "no"];
const parts = ["line-strong", "ember", "mem-model", "mem-talk", "mem-work", "mem-other", "focus"];
const pairs = [
    ["on-ember", "ember"],
    ["on-ember", "ember-hover"],
    ["on-ember", "ember-press"],
    ["ember-ink", "ember-tint"],
    ["ink-2", "ember-tint"],
    ["ink-inverse", "surface-inverse"],
    ["fits", "fits-tint"],
    ["tight", "tight-tint"],
    ["slow", "slow-tint"],
    ["no", "no-tint"],
] as const;

describe.each(["light", "dark"] as const)("in %s", (theme) => {
    test.each(texts)("%s can be read on every surface", (name) => {
        for (const surface of surfaces) expect(contrast(name, surface, theme)).toBeGreaterThanOrEqual(4.5);
    });
    test.each(parts)("%s can be told from every surface", (name) => {
        for (const surface of surfaces) expect(contrast(name, surface, theme)).toBeGreaterThanOrEqual(3);
    });
    test.each(pairs)("%s can be read on %s", (ink, ground) => {
        expect(contrast(ink, ground, theme)).toBeGreaterThanOrEqual(4.5);
    });
});

test("every colour has its hex and its oklch form", () => {
    const oklch = [...css.matchAll(/--([a-z0-9-]+): light-dark\(oklch/g)].map(([, name]) => name ?? "");
    expect(new Set(oklch)).toEqual(new Set(colours.keys()));
});
