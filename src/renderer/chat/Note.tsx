import styles from "./Message.module.css";

type Props = { kind: "failed" | "cut" | "stopped"; sentence: string; button: string; onPress: () => void };

/** One sentence and one button. */
export function Note({ kind, sentence, button, onPress }: Props) {
    return (
        <div className={styles.note} data-kind={kind}>
            <span className={styles.noteText}>{sentence}</span>
            <button type="button" className={styles.noteButton} onClick={onPress}>
                {button}
            </button>
        </div>
    );
}
