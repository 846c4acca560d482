import { useEffect, useRef, useState } from "react";
import type { ChatId } from "#shared/schema/ids.ts";
import { useApi } from "../app/api-context.ts";

/** Unsent text is on disk at most a second after the last key. */
const PAUSE_MILLISECONDS = 400;

/**
 * Unsent text of one chat, kept by the host. Saved after a short pause, and at once when the page or the chat is left.
 * `forget` empties it without a save: the host empties its own when it stores the message.
 */
export function useDraft(chatId: ChatId, stored: string) {
    const api = useApi();
    const [text, setText] = useState(stored);
    const unsaved = useRef<string>(undefined);
    const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

    useEffect(() => {
        const save = () => {
            clearTimeout(timer.current);
            if (unsaved.current !== undefined)
                void api.chats.saveDraft({ chatId, text: unsaved.current }).catch(() => {});
            unsaved.current = undefined;
        };
        addEventListener("pagehide", save);
        return () => {
            removeEventListener("pagehide", save);
            save();
        };
    }, [api, chatId]);

    const write = (next: string) => {
        setText(next);
        unsaved.current = next;
        clearTimeout(timer.current);
        timer.current = setTimeout(() => {
            unsaved.current = undefined;
            void api.chats.saveDraft({ chatId, text: next }).catch(() => (unsaved.current ??= next));
        }, PAUSE_MILLISECONDS);
    };
    const forget = () => {
        clearTimeout(timer.current);
        unsaved.current = undefined;
        setText("");
    };
    return { text, write, forget };
}
