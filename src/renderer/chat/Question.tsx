import { showControls } from "../ui/show-controls.ts";
import { chatWords } from "../words/chat.ts";
import styles from "./Message.module.css";

/** What the reader wrote: a tinted block at the end side, as plain text. */
export function Question({ text }: { text: string }) {
    return (
        <article className={styles.mine} tabIndex={-1} aria-label={chatWords.you} dir="auto">
            {showControls(text)}
        </article>
    );
}
