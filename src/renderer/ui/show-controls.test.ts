import { expect, test } from "vitest";
import { toAddress } from "./markdown-address.ts";
import { showControls } from "./show-controls.ts";

test("hidden and direction-changing characters are written out; tabs, lines, emoji and joiners stay", () => {
    expect(showControls("a\u202Eb\u0000\u{E0041}")).toBe("a‹U+202E›b‹U+0000›‹U+E0041›");
    expect(showControls("tab\tline\n👩‍👩‍👧 می‌خواهم")).toBe("tab\tline\n👩‍👩‍👧 می‌خواهم");
});

test("only http and https are addresses, and the host is the true one", () => {
    for (const odd of [
        "java\tscript:alert(1)",
        "//evil.example",
        "/x",
        "#x",
        "mailto:a@b.c",
        "data:,x",
        "http://",
        undefined,
    ])
        expect(toAddress(odd)).toBeUndefined();
    expect(toAddress("HTTPS://аpple.example")?.host).toBe("xn--pple-43d.example");
    // A name before the host only ever deceives about where the link goes.
    expect(toAddress("https://bank.example@evil.example/x")).toBeUndefined();
});
