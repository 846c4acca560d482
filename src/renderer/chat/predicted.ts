import { type RoundedRange, roundRange, toWords } from "#shared/domain/format/speed.ts";
import type { PredictedSpeed } from "#shared/schema/answer.ts";

/** What had been predicted for an answer, in words a second. */
export const predictedWords = ({ lowTokensPerSecond, highTokensPerSecond }: PredictedSpeed): RoundedRange =>
    roundRange(toWords(lowTokensPerSecond), toWords(highTokensPerSecond));

/** The same in tokens a second, as the gauge takes it. */
export const gaugeRange = (predicted: PredictedSpeed): { low: number; middle: number; high: number } => ({
    low: predicted.lowTokensPerSecond,
    middle: predicted.middleTokensPerSecond,
    high: predicted.highTokensPerSecond,
});
