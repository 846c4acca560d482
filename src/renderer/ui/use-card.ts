import { useEffect, useRef } from "react";
import { placeBeside } from "./place-beside.ts";

/** After so long under the pointer (design 4, component 2); long enough to cross something without it flickering. */
const HOVER_MILLISECONDS = 400;
/** The pointer may take so long from the word to its card. */
const LEAVE_MILLISECONDS = 200;

/**
 * A popover that belongs to a control: it opens after a rest of the pointer and stays while the pointer is on either of
 * the two (WCAG 1.4.13). It is closed when the page scrolls under it.
 */
export function useCard() {
    const anchor = useRef<HTMLButtonElement>(null);
    const card = useRef<HTMLSpanElement>(null);
    const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

    const show = () => {
        clearTimeout(timer.current);
        if (!anchor.current || !card.current?.isConnected || card.current.matches(":popover-open")) return;
        card.current.showPopover();
        placeBeside(anchor.current, card.current);
    };
    const hide = () => {
        clearTimeout(timer.current);
        if (card.current?.matches(":popover-open")) card.current.hidePopover();
    };
    const after = (milliseconds: number, act: () => void) => {
        clearTimeout(timer.current);
        timer.current = setTimeout(act, milliseconds);
    };

    useEffect(() => {
        const close = () => {
            clearTimeout(timer.current);
            if (card.current?.matches(":popover-open")) card.current.hidePopover();
        };
        window.addEventListener("scroll", close, { capture: true, passive: true });
        return () => {
            window.removeEventListener("scroll", close, { capture: true });
            clearTimeout(timer.current);
        };
    }, []);

    return {
        anchor,
        card,
        show,
        hide,
        hover: {
            onPointerEnter: () => after(HOVER_MILLISECONDS, show),
            onPointerLeave: () => after(LEAVE_MILLISECONDS, hide),
        },
        /** For the card itself: resting on it keeps it. */
        keep: {
            onPointerEnter: () => clearTimeout(timer.current),
            onPointerLeave: () => after(LEAVE_MILLISECONDS, hide),
        },
    };
}
