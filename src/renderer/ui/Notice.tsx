import type { ReactNode } from "react";
import styles from "./Notice.module.css";

/** A strip in reading order: one sentence and at most one button. */
export function Notice({
    kind,
    children,
    action,
}: {
    kind: "info" | "tight" | "no";
    children: ReactNode;
    action?: ReactNode;
}) {
    return (
        <div className={styles.notice} data-kind={kind} role={kind === "no" ? "alert" : "status"}>
            <p>{children}</p>
            {action}
        </div>
    );
}
