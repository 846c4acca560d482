import fc from "fast-check";

/** A line of markdown that may begin, go on with or end a block. */
export const markdownLine = fc.constantFrom(
    "",
    "",
    "word",
    "- item",
    "2. item",
    "  more",
    "```",
    "```js",
    "~~~~",
    "> quote",
    "# head",
    "[a]: b",
    "\t",
    "| a |",
    "x".repeat(900),
);
