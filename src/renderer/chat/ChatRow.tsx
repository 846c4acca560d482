import { Ellipsis } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { Link } from "wouter";
import type { ChatSummary } from "#shared/schema/chat.ts";
import { showControls } from "../ui/show-controls.ts";
import { chatWords } from "../words/chat.ts";
import styles from "./ChatPane.module.css";
import menu from "./Menu.module.css";

type Props = {
    chat: ChatSummary;
    isCurrent: boolean;
    onOpen: () => void;
    onRename: (title: string) => void;
    onRemove: () => void;
};

/** One chat of the list: opens it; renamed in place (F2), deleted (Delete) with Undo. */
export function ChatRow({ chat, isCurrent, onOpen, onRename, onRemove }: Props) {
    const [isRenaming, setIsRenaming] = useState(false);
    const link = useRef<HTMLAnchorElement>(null);
    const title = showControls(chat.title);

    if (isRenaming)
        return (
            <li className={styles.row}>
                <RenameField
                    title={chat.title}
                    onDone={(next) => {
                        if (next) onRename(next);
                        setIsRenaming(false);
                        requestAnimationFrame(() => link.current?.focus());
                    }}
                />
            </li>
        );
    const onKeyDown = (event: KeyboardEvent) => {
        if (event.key === "F2") setIsRenaming(true);
        if (event.key === "Delete") onRemove();
    };
    return (
        <li className={styles.row} data-current={isCurrent || undefined}>
            <Link
                ref={link}
                href={`/chat/${chat.id}`}
                className={styles.open}
                aria-current={isCurrent ? "page" : undefined}
                onClick={onOpen}
                onKeyDown={onKeyDown}
            >
                <b>{title}</b>
                <small>{chatWords.chatNote(chat.modelName && showControls(chat.modelName), chat.messageCount)}</small>
            </Link>
            <MenuTrigger>
                <Button className={styles.more ?? ""} aria-label={chatWords.chatMenu(title)}>
                    <Ellipsis aria-hidden="true" size={18} strokeWidth={1.6} />
                </Button>
                <Popover className={menu.popover ?? ""} placement="bottom end">
                    <Menu
                        className={menu.menu ?? ""}
                        aria-label={chatWords.chatMenu(title)}
                        onAction={(key) => (key === "rename" ? setIsRenaming(true) : onRemove())}
                    >
                        <MenuItem id="rename" className={menu.item ?? ""}>
                            {chatWords.rename}
                        </MenuItem>
                        <MenuItem id="remove" className={menu.item ?? ""} data-kind="danger">
                            {chatWords.remove}
                        </MenuItem>
                    </Menu>
                </Popover>
            </MenuTrigger>
        </li>
    );
}

/** Enter and leaving keep the name, Esc does not. `onDone` gets undefined where nothing changed. */
function RenameField({ title, onDone }: { title: string; onDone: (title: string | undefined) => void }) {
    const isDone = useRef(false);
    const finish = (value: string | undefined) => {
        if (isDone.current) return;
        isDone.current = true;
        const next = value?.trim();
        onDone(next && next !== title ? next : undefined);
    };
    return (
        <input
            className={styles.rename}
            defaultValue={title}
            maxLength={200}
            aria-label={chatWords.renameField}
            ref={(field) => {
                // The menu that asked for this still holds the focus while it closes: two frames later it is free.
                const take = () => {
                    field?.focus();
                    field?.select();
                };
                requestAnimationFrame(() => requestAnimationFrame(take));
            }}
            onBlur={(event) => finish(event.target.value)}
            onKeyDown={(event) => {
                if (event.nativeEvent.isComposing) return;
                if (event.key === "Enter") finish(event.currentTarget.value);
                if (event.key !== "Escape") return;
                // It ends the renaming, not the drawer around it.
                event.preventDefault();
                finish(undefined);
            }}
        />
    );
}
