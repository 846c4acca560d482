import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitBlocks } from "./markdown-blocks.ts";
import { markdownLine } from "./markdown-lines.fixtures.ts";

describe("splitBlocks", () => {
    test("the parts joined are the text", () => {
        fc.assert(
            fc.property(
                fc.oneof(
                    fc.array(markdownLine).map((lines) => lines.join("\n")),
                    fc.string({ unit: "binary" }),
                ),
                (text) => {
                    expect(splitBlocks(text).join("")).toBe(text);
                },
            ),
        );
    });

    test("growing text leaves all but its last two blocks as they were", () => {
        fc.assert(
            fc.property(
                fc.array(markdownLine.filter((each) => !each.startsWith("["))),
                fc.array(markdownLine.filter((each) => !each.startsWith("["))),
                (before, after) => {
                    const settled = splitBlocks(before.join("\n")).slice(0, -2);
                    expect(splitBlocks([...before, ...after].join("\n")).slice(0, settled.length)).toEqual(settled);
                },
            ),
        );
    });

    test("a long list is cut where its numbers go on, and nowhere else", () => {
        const items = (marker: (index: number) => string) =>
            Array.from({ length: 100 }, (_, index) => `${marker(index)} an item that is as long as some are\n`).join(
                "",
            );
        const counted = splitBlocks(items((index) => `${index + 1}.`));
        expect(counted).toHaveLength(2);
        expect(counted[1]).toMatch(/^7\d\. /);
        expect(splitBlocks(items(() => "-"))).toHaveLength(2);
        // Every item numbered alike: the browser counts, which it could not do across a cut.
        expect(splitBlocks(items(() => "1."))).toHaveLength(1);
        expect(splitBlocks(items((index) => (index % 2 ? "-" : "*")))).toHaveLength(1);
    });

    test("paragraphs part, lists, fences and definitions do not", () => {
        expect(splitBlocks("a\n\nb\n\nc")).toEqual(["a\n\n", "b\n\n", "c"]);
        expect(splitBlocks("- a\n\n- b\n\n  more\n\nend")).toEqual(["- a\n\n- b\n\n  more\n\n", "end"]);
        expect(splitBlocks("```\na\n\nb\n```\n\nend")).toEqual(["```\na\n\nb\n```\n\n", "end"]);
        expect(splitBlocks("[a][b]\n\n[b]: https://x.example")).toHaveLength(1);
    });
});
