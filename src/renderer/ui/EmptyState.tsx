import type { ReactNode } from "react";
import styles from "./EmptyState.module.css";

/** Nothing here yet: one sentence and the way on. */
export const EmptyState = ({ sentence, children }: { sentence: string; children?: ReactNode }) => (
    <div className={styles.empty}>
        <p>{sentence}</p>
        {children}
    </div>
);
