import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const sources = globSync("src/**/*.{ts,tsx}", { cwd: root }).filter((file) => !/\.(test|fixtures)\.tsx?$/.test(file));

/** Each file with how often it says `what`. */
const found = (what: RegExp): Record<string, number> =>
    Object.fromEntries(
        sources
            .map((file) => [
                file.replaceAll(path.sep, "/"),
                [...readFileSync(path.join(root, file), "utf8").matchAll(what)].length,
            ])
            .filter(([, times]) => times !== 0),
    );

test("the system is asked to open an address in exactly one place (bar B8)", () => {
    expect(sources.length).toBeGreaterThan(150);
    expect(found(/shell\.openExternal\(/g)).toEqual({ "src/main/app/open-external.ts": 1 });
    expect(found(/import \{[^}]*\bshell\b[^}]*\} from "electron"/g)).toEqual({ "src/main/app/open-external.ts": 1 });
});

test("the window asks for another window in exactly one place: under the address that it shows", () => {
    expect(found(/\btarget=|window\.open\(|<form[^>]*\baction=/g)).toEqual({ "src/renderer/ui/AddressDialog.tsx": 1 });
});
