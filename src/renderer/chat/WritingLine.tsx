import { toWords } from "#shared/domain/format/speed.ts";
import type { PredictedSpeed } from "#shared/schema/answer.ts";
import { chatWords } from "../words/chat.ts";
import { predictedWords } from "./predicted.ts";
import type { SeenAnswer } from "./seen-answer.ts";
import styles from "./Message.module.css";

type Props = { answer: SeenAnswer; predicted: PredictedSpeed | null };

/** What is happening while an answer is made: how far, how fast, and how long it takes where that is known. */
export function WritingLine({ answer, predicted }: Props) {
    if (answer.isLost) return <p className={styles.progress}>{chatWords.lost}</p>;
    if (answer.text === "") return <p className={styles.progress}>{sentence(answer)}</p>;
    const { tokensWritten, tokensPerSecond = null, elapsedMilliseconds = null } = answer.pace ?? {};
    return (
        <p className={styles.stats} data-place="start">
            {tokensPerSecond === null ? null : <b>{chatWords.wordsPerSecond(toWords(tokensPerSecond))}</b>}
            {predicted ? <span>{chatWords.predicted(predictedWords(predicted))}</span> : null}
            {tokensPerSecond === null ? null : (
                <span className={styles.wide}>{chatWords.tokensPerSecond(tokensPerSecond)}</span>
            )}
            <span>{tokensWritten === undefined ? chatWords.writing : chatWords.writingTokens(tokensWritten)}</span>
            {elapsedMilliseconds === null ? null : <span>{chatWords.elapsed(elapsedMilliseconds)}</span>}
        </p>
    );
}

function sentence({ progress }: SeenAnswer): string {
    switch (progress?.kind) {
        case "loading":
            return chatWords.loading(progress.progress);
        case "reading":
            return chatWords.reading(progress.tokensRead, progress.tokensTotal, progress.millisecondsLeft);
        case undefined:
            return chatWords.waiting;
    }
}
