import { toWords } from "#shared/domain/format/speed.ts";
import type { AnswerStatistics, PredictedSpeed } from "#shared/schema/answer.ts";
import { chatWords } from "../words/chat.ts";
import { predictedWords } from "./predicted.ts";
import styles from "./Message.module.css";

type Props = { statistics: AnswerStatistics; predicted: PredictedSpeed | null };

/** What was measured while one answer was made, beside what had been predicted for it; the rest in grey. */
export function AnswerStats({ statistics, predicted }: Props) {
    const { tokensPerSecond, timeToFirstTokenMilliseconds, answerTokens } = statistics;
    return (
        <p className={styles.stats}>
            {tokensPerSecond === null ? null : (
                <>
                    <b>{chatWords.wordsPerSecond(toWords(tokensPerSecond))}</b>
                    {predicted ? <span>{chatWords.predicted(predictedWords(predicted))}</span> : null}
                    <span className={styles.wide}>{chatWords.tokensPerSecond(tokensPerSecond)}</span>
                </>
            )}
            <span className={styles.wide}>{chatWords.firstWord(timeToFirstTokenMilliseconds)}</span>
            <span className={styles.wide}>{chatWords.tokens(answerTokens)}</span>
        </p>
    );
}
