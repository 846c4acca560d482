import type { ReactNode } from "react";
import { useCard } from "./use-card.ts";
import styles from "./IconButton.module.css";

/** Only for back, close, send, stop, copy and more; its name is spoken, and shown as a tooltip: at once on focus. */
export function IconButton({ name, onClick, children }: { name: string; onClick: () => void; children: ReactNode }) {
    const { anchor, card, show, hide, hover, keep } = useCard();
    return (
        <>
            <button
                ref={anchor}
                type="button"
                className={styles.button}
                aria-label={name}
                onClick={() => {
                    hide();
                    onClick();
                }}
                {...hover}
                onFocus={(event) => {
                    if (event.currentTarget.matches(":focus-visible")) show();
                }}
                onBlur={hide}
                onKeyDown={(event) => {
                    if (event.key === "Escape") hide();
                }}
            >
                {children}
            </button>
            <span ref={card} popover="manual" aria-hidden="true" className={styles.tip} {...keep}>
                {name}
            </span>
        </>
    );
}
