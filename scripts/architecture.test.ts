import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const documents = ["docs/architecture.md", "CONTRIBUTING.md", "README.md"];

/** Paths in backquotes that point into the repository; those with a placeholder are left out. */
function namedPaths(text: string): string[] {
    return [...text.matchAll(/`((?:src|docs|scripts|bench|e2e|resources|bin)\/[^`\s]*|\.dependency-cruiser\.mjs)`/g)]
        .map((match) => match[1] ?? "")
        .filter((name) => !name.includes("<"));
}

test.each(documents)("every path that %s names exists", (document) => {
    const paths = namedPaths(readFileSync(path.join(root, document), "utf8"));
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
});
