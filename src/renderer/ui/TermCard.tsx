import { type ReactNode, useId, useRef } from "react";
import { words } from "../words/words.ts";
import { useCard } from "./use-card.ts";
import styles from "./TermCard.module.css";

export type TermName = keyof typeof words.glossary;

/**
 * A word of the trade that explains itself: resting on it or pressing it opens its meaning, Esc or a press elsewhere
 * closes it. Pressed, it stays until then.
 */
export function TermCard({ term, children }: { term: TermName; children?: ReactNode }) {
    const id = useId();
    const { name, meaning } = words.glossary[term];
    const { anchor, card, show, hide, hover, keep } = useCard();
    const isPinned = useRef(false);
    const leave = (act: () => void) => () => {
        if (!isPinned.current) act();
    };
    return (
        <>
            <button
                ref={anchor}
                type="button"
                className={styles.term}
                aria-describedby={id}
                // Makes it the card's own, so that a press on it is none "elsewhere".
                popoverTarget={id}
                popoverTargetAction="show"
                onClick={(event) => {
                    isPinned.current = !isPinned.current;
                    if (isPinned.current) return show();
                    event.preventDefault();
                    hide();
                }}
                onPointerEnter={hover.onPointerEnter}
                onPointerLeave={leave(hover.onPointerLeave)}
                onBlur={() => {
                    isPinned.current = false;
                    hide();
                }}
            >
                {children ?? name}
            </button>
            <span
                ref={card}
                id={id}
                popover="auto"
                role="note"
                className={styles.card}
                onToggle={(event) => {
                    if (event.newState === "closed") isPinned.current = false;
                }}
                onPointerEnter={keep.onPointerEnter}
                onPointerLeave={leave(keep.onPointerLeave)}
            >
                <b>{name}:</b> {meaning}
            </span>
        </>
    );
}
