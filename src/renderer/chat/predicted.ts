import { type RoundedRange, roundRange, toWords } from "#shared/domain/format/speed.ts";
import { LEAST_TOKENS } from "#shared/domain/speed/calibrate.ts";
import type { AnswerStatistics } from "#shared/schema/answer.ts";
import type { Measurement } from "#shared/schema/measurement.ts";

/** What had been predicted for a run, in words a second; undefined where nothing was. */
export function predictedWords(run: Measurement | undefined): RoundedRange | undefined {
    const low = run?.predictedLowTokensPerSecond;
    const high = run?.predictedHighTokensPerSecond;
    return low && high ? roundRange(toWords(low), toWords(high)) : undefined;
}

/** The same in tokens a second, as the gauge takes it; null where nothing was predicted. */
export function rangeOf(run: Measurement): { low: number; middle: number; high: number } | null {
    const { predictedLowTokensPerSecond: low, predictedHighTokensPerSecond: high } = run;
    if (low === null || high === null) return null;
    return { low, middle: run.predictedTokensPerSecond ?? Math.sqrt(low * high), high };
}

/** The measurement that this very answer left. */
export function runOf(statistics: AnswerStatistics, runs: readonly Measurement[]): Measurement | undefined {
    return runs.find(
        (run) =>
            run.measuredTokensPerSecond === statistics.tokensPerSecond && run.answerTokens === statistics.answerTokens,
    );
}

/** True for runs that `calibrate` learns from. */
export const teaches = (run: Measurement): boolean => run.answerTokens >= LEAST_TOKENS && !run.isOnBattery;
