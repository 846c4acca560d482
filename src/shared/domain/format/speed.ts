import type { SpeedRange } from "../../schema/verdict.ts";

/** English text has about 1.3 tokens a word (design.md section 5). */
export const TOKENS_PER_WORD = 1.3;
/** English non-fiction is read at 238 words a minute (Brysbaert 2019). */
export const READING_WORDS_PER_SECOND = 4;

export const toWords = (tokensPerSecond: number): number => tokensPerSecond / TOKENS_PER_WORD;

/** Two significant digits; under 10 a whole number, under 1 one decimal. */
export function roundSpeed(value: number): number {
    if (value < 1) return Math.round(value * 10) / 10;
    if (value < 10) return Math.round(value);
    const scale = 10 ** (Math.floor(Math.log10(value)) - 1);
    return Math.round(value / scale) * scale;
}

export type RoundedRange = { low: number; high: number } | { about: number };

/** A range as it is written: "21 to 33", or "about 36" where it is narrower than 10 % or both ends read alike. */
export function roundRange(low: number, high: number): RoundedRange {
    const ends = { low: roundSpeed(low), high: roundSpeed(high) };
    return high / low < 1.1 || ends.low === ends.high ? { about: roundSpeed(Math.sqrt(low * high)) } : ends;
}

export const wordsRange = ({ lowTokensPerSecond, highTokensPerSecond }: SpeedRange): RoundedRange =>
    roundRange(toWords(lowTokensPerSecond), toWords(highTokensPerSecond));
