import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { BINARY_TEST_FILE } from "./library.ts";

it("still knows the file of node-llama-cpp that it stands in for in Electron", () => {
    const entry = import.meta.resolve("node-llama-cpp");
    const file = fileURLToPath(new URL(`.${BINARY_TEST_FILE}`, entry));
    expect(existsSync(file)).toBe(true);
});
