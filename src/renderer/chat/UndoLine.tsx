import { useEffect, useEffectEvent, useRef, useState } from "react";
import { Group } from "react-aria-components";
import { chatWords } from "../words/chat.ts";
import styles from "./Chat.module.css";

const SHOWN_MILLISECONDS = 10_000;
/** After being held it stays at least so long, so that it never goes under the hand. */
const LEAST_MILLISECONDS = 1_000;

/** Takes back a deletion for 10 seconds; the time stands still under the pointer and under the focus. Ctrl Z works too. */
export function UndoLine({ title, onUndo, onOver }: { title: string; onUndo: () => void; onOver: () => void }) {
    const leftMilliseconds = useRef(SHOWN_MILLISECONDS);
    const [isHeld, setIsHeld] = useState(false);
    const over = useEffectEvent(onOver);
    const undo = useEffectEvent(onUndo);

    useEffect(() => {
        if (isHeld) return undefined;
        const started = performance.now();
        const timer = setTimeout(() => over(), leftMilliseconds.current);
        return () => {
            clearTimeout(timer);
            const left = leftMilliseconds.current - (performance.now() - started);
            leftMilliseconds.current = Math.max(left, LEAST_MILLISECONDS);
        };
    }, [isHeld]);

    useEffect(() => {
        const onKey = (event: KeyboardEvent) => {
            const isTyping = event.target instanceof Element && event.target.matches("input, textarea");
            if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !isTyping)
                undo();
        };
        addEventListener("keydown", onKey);
        return () => removeEventListener("keydown", onKey);
    }, []);

    return (
        <Group
            role="presentation"
            className={styles.undo ?? ""}
            onHoverStart={() => setIsHeld(true)}
            onHoverEnd={() => setIsHeld(false)}
        >
            <output>{chatWords.removed(title)}</output>
            <button type="button" onClick={onUndo} onFocus={() => setIsHeld(true)} onBlur={() => setIsHeld(false)}>
                {chatWords.undo}
            </button>
        </Group>
    );
}
