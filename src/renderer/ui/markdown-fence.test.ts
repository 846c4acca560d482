import { expect, test } from "vitest";
import { readFence } from "./markdown-fence.ts";

test("one fenced code, closed or growing, is read without a parser; anything beside it is not", () => {
    expect(readFence("```js\nlet a = 1;\n\n\tb\n```\n\n")).toEqual({ source: "let a = 1;\n\n\tb\n", language: "js" });
    expect(readFence("~~~~\n~~~\nstill")).toEqual({ source: "~~~\nstill", language: undefined });
    expect(readFence("```py title=x\n")).toEqual({ source: "", language: "py" });
    expect(readFence("```a\u202Eb\nx")?.language).toBe("a‹U+202E›b");
    expect(readFence("```js\na\n```\nand words")).toBeUndefined();
    expect(readFence("```not ` a fence\n")).toBeUndefined();
    expect(readFence("words\n```\na\n```")).toBeUndefined();
    expect(readFence("```js")).toBeUndefined();
});
