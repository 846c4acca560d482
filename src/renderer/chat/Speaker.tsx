import type { MessageId } from "#shared/schema/ids.ts";
import { chatWords } from "../words/chat.ts";
import { useAnswers, useHasEnded } from "./answers-context.ts";
import { countWords } from "./count-words.ts";
import styles from "./Chat.module.css";

/** Tells a screen reader that an answer is written and when it is ready; the transcript itself is not live. */
export function Speaker({ messageId }: { messageId: MessageId | undefined }) {
    const hasEnded = useHasEnded(messageId);
    const answers = useAnswers();
    const answer = messageId && hasEnded ? answers.read(messageId) : undefined;
    const isDone = answer?.end?.kind === "done";
    const words = answer ? (isDone ? chatWords.spokenReady(countWords(answer.text)) : chatWords.spokenStopped) : "";
    return (
        <p className={styles.spoken} aria-live="polite">
            {messageId && !hasEnded ? chatWords.spokenWriting : words}
        </p>
    );
}
