import { expect, it } from "vitest";
import { Failed } from "#shared/schema/failure.ts";
import { sayError } from "./say-failure.ts";

it("says a failure with the command that helps", () => {
    expect(sayError(new Failed({ code: "NO_FREE_PORT", data: { firstPort: 5170, lastPort: 5189 } }))).toBe(
        "All ports from 5170 to 5189 are in use, so the window has no address.\nTo go on, type: npm start -- --port 6189",
    );
});

it("says of what it does not know that it does not know it, and shows it", () => {
    const said = sayError(new TypeError("x is not a function"));
    expect(said).toMatch(/^Something went wrong that Hearth has no words for yet\./);
    expect(said).toMatch(/To go on, type: npm start\n/);
    expect(said).toMatch(/TypeError: x is not a function/);
});
