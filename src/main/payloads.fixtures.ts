/** Values that no one meant, for every border of ours (bar B11): wrong types, huge, deep, prototype keys, odd texts. */
import fc from "fast-check";

/** All that a carrier of text can carry. */
export const odd = fc.oneof(
    fc.object({ withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true, maxDepth: 4 }),
    fc.constantFrom<unknown>(
        "\ud800",
        "x".repeat(100_000),
        -1,
        Number.NaN,
        Number.POSITIVE_INFINITY,
        2 ** 53,
        10n ** 40n,
        null,
        true,
        [],
        Array.from({ length: 20_000 }, () => 0),
        Array.from({ length: 200 }).reduce<unknown>((inner) => [inner], []),
    ),
    fc.string({ unit: "binary" }),
);

const circle: Record<string, unknown> = {};
circle["self"] = circle;

/** What a carrier of structured clones can carry besides, and what it must refuse itself. */
const cloned = fc.constantFrom<unknown>(
    // Drawn once: what is put together of them anew for each message is how they are mixed.
    ...fc.sample(odd, { numRuns: 100, seed: 1 }),
    circle,
    () => "a function",
    Symbol("a symbol"),
    new Uint8Array(1000),
    new Map([[circle, circle]]),
    new Error("an error"),
    /a pattern/,
    new Date(Number.NaN),
);

/** Messages of one kind with any of its fields missing, wrong or too many; half have a good number, so that somebody waits. */
export function wrongMessages(kind: string, fields: string[]): fc.Arbitrary<Record<string, unknown>> {
    const values = Object.fromEntries(fields.filter((name) => name !== "kind").map((name) => [name, cloned]));
    return fc
        .tuple(
            fc.record(values, { requiredKeys: [] }),
            fc.dictionary(fc.constantFrom("extra", "__proto__", "constructor", "toString"), cloned),
            fc.option(fc.nat(1000)),
        )
        .map(([own, extra, request]) => ({
            ...extra,
            ...own,
            ...(request === null || !fields.includes("request") ? {} : { request }),
            kind,
        }));
}

/** Messages of no kind at all. */
export const noMessages: fc.Arbitrary<unknown> = fc.oneof(cloned, fc.record({ kind: cloned, request: cloned }));
