import { ArrowUp } from "lucide-react";
import { type KeyboardEvent, type Ref, useId, useLayoutEffect, useRef } from "react";
import { chatWords } from "../words/chat.ts";
import styles from "./Composer.module.css";

type Props = {
    text: string;
    hasMessages: boolean;
    /** The text is on its way to the disk; it stays in the field until it is there. */
    isSending: boolean;
    isWriting: boolean;
    onChange: (text: string) => void;
    onSend: () => void;
    onStop: () => void;
    /** Up in the empty field. */
    onEditLast: () => void;
    ref?: Ref<HTMLTextAreaElement>;
};

/** Where the reader writes. Enter sends, Shift Enter breaks the line, Up in the empty field takes the last message. */
export function Composer({
    text,
    hasMessages,
    isSending,
    isWriting,
    onChange,
    onSend,
    onStop,
    onEditLast,
    ref,
}: Props) {
    const frame = useRef<HTMLDivElement>(null);
    const keys = useId();
    const canSend = text.trim() !== "" && !isSending && !isWriting;

    // Where the browser does not size the field by its content (field-sizing), this does.
    useLayoutEffect(() => {
        const field = frame.current?.querySelector("textarea");
        if (!field || CSS.supports("field-sizing", "content")) return;
        field.style.blockSize = "auto";
        field.style.blockSize = `${field.scrollHeight}px`;
    }, [text]);

    const onKeyDown = (event: KeyboardEvent) => {
        // While a word is being composed (IME), Enter and the arrows belong to the input method; 229 is Safari's last key of it.
        if (event.nativeEvent.isComposing || event.keyCode === 229) return;
        if (event.key === "ArrowUp" && text === "" && !event.altKey && !event.shiftKey) {
            event.preventDefault();
            onEditLast();
        }
        if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
        event.preventDefault();
        if (canSend) onSend();
    };

    return (
        <div className={styles.composer} ref={frame}>
            <textarea
                ref={ref}
                className={styles.field}
                rows={1}
                dir="auto"
                value={text}
                readOnly={isSending}
                aria-label={chatWords.field}
                aria-describedby={keys}
                placeholder={hasMessages ? chatWords.placeholderMore : chatWords.placeholder}
                spellCheck={false}
                onChange={(event) => onChange(event.target.value)}
                onKeyDown={onKeyDown}
            />
            <div className={styles.tools}>
                <span id={keys} className={styles.keys}>
                    {chatWords.keys}
                </span>
                {isWriting ? (
                    <button
                        type="button"
                        className={styles.round}
                        aria-label={chatWords.stop}
                        title={chatWords.stop}
                        onClick={onStop}
                    >
                        <i className={styles.square} />
                    </button>
                ) : (
                    <button
                        type="button"
                        className={styles.round}
                        aria-label={chatWords.send}
                        title={chatWords.send}
                        aria-disabled={!canSend}
                        onClick={() => canSend && onSend()}
                    >
                        <ArrowUp aria-hidden="true" size={18} strokeWidth={2} />
                    </button>
                )}
            </div>
        </div>
    );
}
