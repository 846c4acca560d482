import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import type { Chat, Message } from "#shared/schema/chat.ts";
import type { EngineState } from "#shared/schema/engine.ts";
import type { ChatId } from "#shared/schema/ids.ts";
import { useApi } from "../app/api-context.ts";
import { useAnswers, useHasEnded } from "./answers-context.ts";
import { keys } from "./queries.ts";

/**
 * Keeps one chat with its host: follows the answer being written, fetches again what an ended answer changed, and sends.
 * Another window's answer is found when the engine starts or ends one.
 */
export function useConversation(chatId: ChatId, messages: Message[], phase: EngineState["phase"] | undefined) {
    const api = useApi();
    const queries = useQueryClient();
    const answers = useAnswers();
    const written = messages.findLast(({ state }) => state === "writing");
    const hasEnded = useHasEnded(written?.id);
    const writingId = hasEnded ? undefined : written?.id;
    const textSoFar = useEffectEvent(() => written?.text ?? "");

    const writtenId = written?.id;

    useEffect(() => (writtenId ? answers.follow(writtenId, textSoFar()) : undefined), [answers, writtenId]);

    useEffect(() => {
        void queries.invalidateQueries({ queryKey: keys.chat(chatId) });
        void queries.invalidateQueries({ queryKey: keys.chats });
        if (hasEnded) void queries.invalidateQueries({ queryKey: ["measurements"] });
    }, [queries, chatId, hasEnded, phase]);

    const sending = useMutation({
        mutationFn: (text: string) => api.answers.start({ chatId, text }),
        onSuccess: ({ question, answer }) => {
            queries.setQueryData<Chat>(keys.chat(chatId), (chat) =>
                chat ? { ...chat, draft: "", messages: [...chat.messages, question, answer] } : chat,
            );
            void queries.invalidateQueries({ queryKey: keys.chats });
        },
    });
    const stop = () => {
        if (writingId) void api.answers.stop({ messageId: writingId }).catch(() => {});
    };
    return { writingId, sending, stop, followedId: written?.id };
}
