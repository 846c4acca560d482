import { chatWords } from "../words/chat.ts";
import styles from "./Chat.module.css";

/** Before the first message: one sentence, and three things the practice model can do. */
export function EmptyChat({ isPracticeOnly, onAsk }: { isPracticeOnly: boolean; onAsk: (text: string) => void }) {
    return (
        <div className={styles.empty}>
            <p className={styles.say}>{chatWords.emptySay}</p>
            {isPracticeOnly ? <p className={styles.aside}>{chatWords.practiceOnly}</p> : null}
            <ul className={styles.suggestions} aria-label={chatWords.suggestionsLabel}>
                {Object.values(chatWords.suggestions).map((text) => (
                    <li key={text}>
                        <button type="button" onClick={() => onAsk(text)}>
                            {text}
                        </button>
                    </li>
                ))}
            </ul>
        </div>
    );
}
