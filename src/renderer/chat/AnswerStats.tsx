import { toWords } from "#shared/domain/format/speed.ts";
import type { AnswerStatistics } from "#shared/schema/answer.ts";
import { chatWords } from "../words/chat.ts";
import styles from "./Message.module.css";

/** What was measured while one answer was made: words a second first, the rest in grey. */
export function AnswerStats({ statistics }: { statistics: AnswerStatistics }) {
    const { tokensPerSecond, timeToFirstTokenMilliseconds, answerTokens } = statistics;
    return (
        <p className={styles.stats}>
            {tokensPerSecond === null ? null : (
                <>
                    <b>{chatWords.wordsPerSecond(toWords(tokensPerSecond))}</b>
                    <span>{chatWords.tokensPerSecond(tokensPerSecond)}</span>
                </>
            )}
            <span className={styles.wide}>{chatWords.firstWord(timeToFirstTokenMilliseconds)}</span>
            <span className={styles.wide}>{chatWords.tokens(answerTokens)}</span>
        </p>
    );
}
