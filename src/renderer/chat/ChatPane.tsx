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

/** The chats, newest first. */
export function ChatPane({ chats, currentId, isOpen, onNew, onOpen, onClose, onRename, onRemove }: Props) {
    const first = useRef<HTMLButtonElement>(null);
    const close = useEffectEvent(onClose);
    useEffect(() => {
        if (!isOpen) return undefined;
        first.current?.focus();
        const onKey = (event: KeyboardEvent) => {
            if (event.key === "Escape" && !event.defaultPrevented) close();
        };
        addEventListener("keydown", onKey);
        return () => removeEventListener("keydown", onKey);
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
            <nav className={styles.pane} aria-label={chatWords.chats} data-open={isOpen || undefined}>
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
