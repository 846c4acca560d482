import type { ReactNode } from "react";
import styles from "./IconButton.module.css";

/** Only for back, close, send, stop, copy and more; its name is spoken and shown as a tooltip. */
export function IconButton({ name, onClick, children }: { name: string; onClick: () => void; children: ReactNode }) {
    return (
        <button type="button" className={styles.button} aria-label={name} title={name} onClick={onClick}>
            {children}
        </button>
    );
}
