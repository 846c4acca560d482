import { words } from "../words/words.ts";
import { useDescribedTitle } from "./queries.ts";
import styles from "./DescribedStrip.module.css";

/** On every screen while a described computer stands in for this one: its name, and what that means. */
export function DescribedStrip() {
    const title = useDescribedTitle();
    if (title === null) return null;
    return (
        <p className={styles.strip} role="note">
            <strong>{words.frame.described(title)}</strong> <span>{words.frame.describedWhat}</span>
        </p>
    );
}
