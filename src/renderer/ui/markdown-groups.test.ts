import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitBlocks } from "./markdown-blocks.ts";
import { createGroups } from "./markdown-groups.ts";
import { markdownLine } from "./markdown-lines.fixtures.ts";

const text = fc.array(markdownLine, { maxLength: 60 }).map((lines) => lines.join("\n"));

describe("groups of an answer", () => {
    test("however it grew, they hold the blocks of the whole text, and joined they are it", () => {
        fc.assert(
            fc.property(text, fc.array(fc.nat(), { maxLength: 8 }), (whole, looks) => {
                const toGroups = createGroups();
                for (const end of looks.map((look) => look % (whole.length + 1)).toSorted((a, b) => a - b))
                    toGroups(whole.slice(0, end));
                const groups = toGroups(whole);
                expect(groups.flat().join("")).toBe(whole);
                expect(groups.flat()).toEqual(splitBlocks(whole));
                expect(groups).toEqual(createGroups()(whole));
            }),
        );
    });

    test("settled groups stay the very arrays they are; a text that begins anew is split anew", () => {
        const toGroups = createGroups();
        const paragraphs = (count: number) => "A paragraph of the usual length, as models write.\n\n".repeat(count);
        const before = toGroups(paragraphs(300));
        const after = toGroups(paragraphs(330));
        expect(before.length).toBeGreaterThan(3);
        for (const [index, group] of before.slice(0, -1).entries()) expect(after[index]).toBe(group);
        expect(toGroups("Other.")).toEqual([["Other."]]);
    });
});
