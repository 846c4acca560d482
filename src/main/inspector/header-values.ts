import { isList, type ListValue, type Metadata } from "./metadata.ts";
import { cleanText, Refusal } from "./refusal.ts";

/** Typed access to a header's values. Wrong kinds and absurd numbers refuse the file rather than reach a formula. */
export function readValues(metadata: Metadata) {
    const architecture = metadata.get("general.architecture");
    if (typeof architecture !== "string" || !/^[A-Za-z0-9_.-]{1,63}$/.test(architecture))
        throw new Refusal("missing-key", "general.architecture");
    const own = (key: string) => `${architecture}.${key}`;
    const whole = (key: string, value: number, most: number): number => {
        if (!Number.isInteger(value) || value < 0 || value > most)
            throw new Refusal("bad-geometry", `${key} is ${value}`);
        return value;
    };
    return {
        architecture,
        text(key: string, length: number): string | null {
            const value = metadata.get(key);
            return typeof value === "string" ? cleanText(value, length) : null;
        },
        has: (key: string) => metadata.has(own(key)),
        list: (key: string): ListValue | null => {
            const value = metadata.get(key);
            return isList(value) ? value : null;
        },
        /** A whole number of this architecture, or the fallback where the key is missing. */
        count(key: string, fallback: number | null, most = 2 ** 31 - 1): number {
            const value = metadata.get(own(key));
            if (value === undefined) {
                if (fallback === null) throw new Refusal("missing-key", own(key));
                return fallback;
            }
            if (typeof value === "number") return whole(own(key), value, most);
            // Some writers store one entry a layer; where one number is asked for, the largest decides.
            if (isList(value) && value.numbers && value.numbers.length > 0)
                return Math.max(...value.numbers.map((entry) => whole(own(key), entry, most)));
            throw new Refusal("bad-geometry", own(key));
        },
        /** One number a layer: a list of that length, or the same number for all. */
        perLayer(key: string, layers: number, fallback: number, most = 2 ** 31 - 1): number[] {
            const value = metadata.get(own(key));
            if (value === undefined) return Array.from({ length: layers }, () => fallback);
            if (typeof value === "number") return Array.from({ length: layers }, () => whole(own(key), value, most));
            if (!isList(value) || !value.numbers || value.numbers.length < layers)
                throw new Refusal("bad-geometry", own(key));
            return value.numbers.slice(0, layers).map((entry) => whole(own(key), entry, most));
        },
        /** Zeros and ones, one a layer; null where the key is missing or holds a period. */
        flags(key: string, layers: number): boolean[] | null {
            const value = metadata.get(own(key));
            if (!isList(value) || !value.numbers) return null;
            if (value.numbers.length < layers) throw new Refusal("bad-geometry", own(key));
            return value.numbers.slice(0, layers).map((entry) => entry !== 0);
        },
    };
}
export type HeaderValues = ReturnType<typeof readValues>;
