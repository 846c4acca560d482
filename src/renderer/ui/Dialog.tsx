import { type ReactNode, useEffect, useId, useRef } from "react";
import { words } from "../words/words.ts";
import { X } from "lucide-react";
import { IconButton } from "./IconButton.tsx";
import styles from "./Dialog.module.css";

/** A window within the window. Esc and Close leave; the browser keeps the focus inside and gives it back. */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
    const dialog = useRef<HTMLDialogElement>(null);
    const heading = useRef<HTMLHeadingElement>(null);
    const id = useId();
    useEffect(() => {
        const before = document.activeElement;
        dialog.current?.showModal();
        // Its title first: a control that took the focus would show its tooltip over what it is about.
        heading.current?.focus();
        return () => {
            if (before instanceof HTMLElement && before.isConnected) before.focus();
        };
    }, []);
    return (
        <dialog ref={dialog} className={styles.dialog} aria-labelledby={id} onClose={onClose}>
            <header>
                <h2 id={id} ref={heading} tabIndex={-1}>
                    {title}
                </h2>
                <IconButton name={words.frame.close} onClick={() => dialog.current?.close()}>
                    <X aria-hidden="true" size={18} strokeWidth={1.6} />
                </IconButton>
            </header>
            {children}
        </dialog>
    );
}
