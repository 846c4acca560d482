import type { ModelId } from "#shared/schema/ids.ts";
import { chatWords } from "../words/chat.ts";
import { countWords } from "./count-words.ts";
import { predictedWords } from "./predicted.ts";
import { useRuns } from "./queries.ts";
import type { SeenAnswer } from "./seen-answer.ts";
import styles from "./Message.module.css";

/** What is happening while an answer is made, and how long it will take where that is known. */
export function WritingLine({ answer, modelId }: { answer: SeenAnswer; modelId: ModelId | null }) {
    const predicted = predictedWords(useRuns(modelId).data?.[0]);
    if (answer.isLost) return <p className={styles.progress}>{chatWords.lost}</p>;
    if (answer.text === "") return <p className={styles.progress}>{sentence(answer)}</p>;
    return (
        <p className={styles.stats} data-place="start">
            <span>{chatWords.writing(countWords(answer.text))}</span>
            {predicted ? <span className={styles.wide}>{chatWords.predicted(predicted)}</span> : null}
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
