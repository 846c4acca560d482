import { Pieces } from "./Pieces.tsx";
import styles from "./Markdown.module.css";

/** Markdown as its source: what is too much to parse, or has not had its turn yet. */
export const MarkdownPlain = ({ text }: { text: string }) => (
    <p className={styles.plain}>
        <Pieces text={text} />
    </p>
);
