import { Plus } from "lucide-react";
import { useEffect, useEffectEvent, useRef } from "react";
import type { ChatSummary } from "#shared/schema/chat.ts";
import type { ChatId } from "#shared/schema/ids.ts";
import { chatWords } from "../words/chat.ts";
import { ChatRow } from "./ChatRow.tsx";
import styles from "./ChatPane.module.css";

type Props = {
    chats: ChatSummary[] | undefined;
    currentId: ChatId | undefined;
    /** Below 900 pixels the pane is a drawer. */
    isOpen: boolean;
    onNew: () => void;
    onOpen: () => void;
    onClose: () => void;
    onRename: (chatId: ChatId, title: string) => void;
    onRemove: (chat: ChatSummary) => void;
};

const PANE_ID = "chats";

/** Moves the focus to the chat that is open, or to what stands first where none is. */
export function focusChats(): void {
    const pane = document.getElementById(PANE_ID);
    (pane?.querySelector<HTMLElement>("[aria-current]") ?? pane?.querySelector("button"))?.focus();
}

/** The chats, newest first. */
export function ChatPane({ chats, currentId, isOpen, onNew, onOpen, onClose, onRename, onRemove }: Props) {
    const first = useRef<HTMLButtonElement>(null);
    const close = useEffectEvent(onClose);
    useEffect(() => {
        if (!isOpen) return undefined;
        first.current?.focus();
        const onKey = (event: KeyboardEvent) => {
            // A name that is being changed takes Esc for itself.
            if (event.key !== "Escape" || (event.target as Element | null)?.matches("input")) return;
            event.preventDefault();
            close();
        };
        // Before the rest of the window, where Esc would stop the answer behind the drawer.
        addEventListener("keydown", onKey, true);
        return () => removeEventListener("keydown", onKey, true);
    }, [isOpen]);
    return (
        <>
            {isOpen ? (
                <button
                    type="button"
                    tabIndex={-1}
                    className={styles.shade}
                    aria-label={chatWords.hideChats}
                    onClick={onClose}
                />
            ) : null}
            <nav id={PANE_ID} className={styles.pane} aria-label={chatWords.chats} data-open={isOpen || undefined}>
                <button ref={first} type="button" className={styles.new} onClick={onNew}>
                    <Plus aria-hidden="true" size={15} strokeWidth={1.6} />
                    {chatWords.newChat}
                </button>
                {chats?.length === 0 ? <p className={styles.none}>{chatWords.noChats}</p> : null}
                <ul className={styles.list}>
                    {chats?.map((chat) => (
                        <ChatRow
                            key={chat.id}
                            chat={chat}
                            isCurrent={chat.id === currentId}
                            onOpen={onOpen}
                            onRename={(title) => onRename(chat.id, title)}
                            onRemove={() => onRemove(chat)}
                        />
                    ))}
                </ul>
            </nav>
        </>
    );
}
