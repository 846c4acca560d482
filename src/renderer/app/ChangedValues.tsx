import { Button } from "../ui/Button.tsx";
import { words } from "../words/words.ts";
import type { Change } from "./corrections.ts";
import styles from "./Doubts.module.css";

function sayOf({ field, value }: Change): string {
    const said = words.hardware;
    if (value === null) return said.putBackDone[field];
    if (typeof value === "boolean") return said.changed.gpuIsUnified(value);
    return field === "gpuIsUnified" ? "" : said.changed[field](value);
}

type Props = { changes: readonly Change[]; onUndo: (change: Change) => void };

/** What the reader has just corrected, a line a value, each with the way back. */
export function ChangedValues({ changes, onUndo }: Props) {
    if (changes.length === 0) return null;
    return (
        <ul className={styles.doubts} role="status">
            {changes.map((change) => (
                <li key={change.field}>
                    <p>{sayOf(change)}</p>
                    <Button
                        size="small"
                        aria-label={words.hardware.undoOf(sayOf(change))}
                        onPress={() => onUndo(change)}
                    >
                        {words.hardware.undo}
                    </Button>
                </li>
            ))}
        </ul>
    );
}
