import type { ReactNode } from "react";
import styles from "./Term.module.css";

/** A word of the trade where it first stands; `explainedBy` names the element beside it that says what it is. */
export const Term = ({ children, explainedBy }: { children: ReactNode; explainedBy: string }) => (
    <dfn className={styles.term} aria-describedby={explainedBy}>
        {children}
    </dfn>
);
