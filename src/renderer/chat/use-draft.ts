import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { Chat } from "#shared/schema/chat.ts";
import type { ChatId } from "#shared/schema/ids.ts";
import { useApi } from "../app/api-context.ts";
import { keys } from "./queries.ts";

/** Unsent text is on disk at most a second after the last key. */
const PAUSE_MILLISECONDS = 400;

/**
 * Unsent text of one chat, kept by the host. Saved after a short pause, and at once when the page or the chat is left.
 * `forget` empties it without a save: the host empties its own when it stores the message.
 */
export function useDraft(chatId: ChatId, stored: string) {
    const api = useApi();
    const queries = useQueryClient();
    const [text, setText] = useState(stored);
    const unsaved = useRef<string>(undefined);
    const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

    /** The chat as it was fetched is told too: it is what the field starts from when the chat is opened again. */
    const remember = (draft: string) =>
        queries.setQueryData<Chat>(keys.chat(chatId), (chat) => chat && { ...chat, draft });
    const save = () => {
        clearTimeout(timer.current);
        const draft = unsaved.current;
        if (draft === undefined) return;
        unsaved.current = undefined;
        remember(draft);
        // A line that is gone comes back: what could not be saved is tried again with the next key or on leaving.
        void api.chats.saveDraft({ chatId, text: draft }).catch(() => (unsaved.current ??= draft));
    };
    const saveOnLeaving = useEffectEvent(save);

    useEffect(() => {
        const saveNow = () => saveOnLeaving();
        addEventListener("pagehide", saveNow);
        return () => {
            removeEventListener("pagehide", saveNow);
            saveOnLeaving();
        };
    }, []);

    const write = (next: string) => {
        setText(next);
        unsaved.current = next;
        clearTimeout(timer.current);
        timer.current = setTimeout(save, PAUSE_MILLISECONDS);
    };
    const forget = () => {
        clearTimeout(timer.current);
        unsaved.current = undefined;
        setText("");
    };
    return { text, write, forget };
}
