import { formatMemory } from "#shared/domain/format/bytes.ts";
import { roundDuration } from "#shared/domain/format/duration.ts";
import type { RoundedRange } from "#shared/domain/format/speed.ts";

/** The language that figures are written in; the words' own. */
export const locale = "en";

export const memory = (bytes: number): string => formatMemory(bytes, locale);

/** "21 to 33", "about 36"; in prose. */
export const range = (ends: RoundedRange): string =>
    "about" in ends ? `about ${ends.about}` : `${ends.low} to ${ends.high}`;

const units = { seconds: ["second", "seconds"], minutes: ["minute", "minutes"], hours: ["hour", "hours"] } as const;
/** "4 seconds", "1 minute"; milliseconds in. */
export function time(milliseconds: number): string {
    const { value, unit } = roundDuration(milliseconds);
    return `${value}\u00a0${units[unit][value === 1 ? 0 : 1]}`;
}

export const count = (n: number, one: string, many: string): string =>
    `${new Intl.NumberFormat(locale).format(n)} ${n === 1 ? one : many}`;
