import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { useLocation } from "wouter";
import type { ChatSummary } from "#shared/schema/chat.ts";
import type { ChatId } from "#shared/schema/ids.ts";
import { useApi } from "../app/api-context.ts";
import { keys } from "./queries.ts";

/**
 * What can be done with the list of chats, shown at once and put back where the host refuses. Without a chat in the
 * address it opens the newest one, or a new one where there is none.
 */
export function useChatList(chats: ChatSummary[] | undefined, currentId: ChatId | undefined) {
    const api = useApi();
    const queries = useQueryClient();
    const [, navigate] = useLocation();
    const [removed, setRemoved] = useState<ChatSummary>();
    /** Opened because no chat was left, not because the reader asked for it. */
    const [standIn, setStandIn] = useState<ChatId>();
    const refresh = () => queries.invalidateQueries({ queryKey: keys.chats });
    const change = (next: (chats: ChatSummary[]) => ChatSummary[]) =>
        queries.setQueryData<ChatSummary[]>(keys.chats, (known) => known && next(known));
    const show = (chatId: ChatId, replace = false) => navigate(`/chat/${chatId}`, { replace });

    const opening = useMutation({
        mutationFn: async () => {
            // An empty chat is as good as a new one: pressing twice leaves no heap of them.
            const empty = chats?.find(({ messageCount }) => messageCount === 0);
            return empty ?? (await api.chats.create());
        },
        onSuccess: async (chat) => {
            if (currentId === undefined) setStandIn(chat.id);
            await refresh();
            show(chat.id, currentId === undefined);
        },
    });
    const renaming = useMutation({
        mutationFn: ({ chatId, title }: { chatId: ChatId; title: string }) => api.chats.rename({ chatId, title }),
        onMutate: ({ chatId, title }) =>
            void change((known) => known.map((chat) => (chat.id === chatId ? { ...chat, title } : chat))),
        onSettled: refresh,
    });
    const removing = useMutation({
        mutationFn: (chat: ChatSummary) => api.chats.remove({ chatId: chat.id }),
        onMutate: (chat) => {
            const rest = chats?.filter(({ id }) => id !== chat.id) ?? [];
            change(() => rest);
            if (chat.id === currentId) navigate(rest[0] ? `/chat/${rest[0].id}` : "/chat", { replace: true });
        },
        onSuccess: (_output, chat) => {
            setRemoved(chat);
            if (chat.id === standIn) setStandIn(undefined);
        },
        onSettled: refresh,
    });
    const restoring = useMutation({
        mutationFn: (chat: ChatSummary) => api.chats.restore({ chatId: chat.id }),
        onSuccess: async (chat) => {
            setRemoved(undefined);
            show(chat.id);
            await refresh();
            // Asked after the page of the stand-in was left: what was typed there is with the host by now.
            const left = standIn && (await api.chats.get({ chatId: standIn }));
            if (!left || left.draft !== "" || left.messages.length > 0) return;
            await api.chats.remove({ chatId: left.summary.id });
            setStandIn(undefined);
            await refresh();
        },
    });

    const openFirst = useEffectEvent((known: ChatSummary[]) => {
        if (known[0]) show(known[0].id, true);
        else if (!opening.isPending) opening.mutate();
    });
    useEffect(() => {
        if (chats && !currentId) openFirst(chats);
    }, [chats, currentId]);

    return {
        open: () => opening.mutate(),
        openAnother: () => {
            void refresh();
            navigate("/chat", { replace: true });
        },
        rename: (chatId: ChatId, title: string) => renaming.mutate({ chatId, title }),
        remove: (chat: ChatSummary) => removing.mutate(chat),
        removed,
        undo: () => removed && restoring.mutate(removed),
        forget: () => setRemoved(undefined),
        error: opening.error ?? renaming.error ?? removing.error ?? restoring.error,
    };
}
