import { useContext, useEffect, useRef } from "react";
import type { Chat } from "#shared/schema/chat.ts";
import type { EngineState } from "#shared/schema/engine.ts";
import { chatWords } from "../words/chat.ts";
import { useConversationCommands } from "./commands.ts";
import { Composer } from "./Composer.tsx";
import { EmptyChat } from "./EmptyChat.tsx";
import { FailureLine } from "./FailureLine.tsx";
import { RoomActionsContext } from "./room-actions.ts";
import { Speaker } from "./Speaker.tsx";
import { focusMessage, pressLastCopy } from "./transcript-keys.ts";
import { Transcript } from "./Transcript.tsx";
import { useConversation } from "./use-conversation.ts";
import { useDraft } from "./use-draft.ts";
import styles from "./Chat.module.css";

type Props = { chat: Chat; phase: EngineState["phase"] | undefined; isPracticeOnly: boolean };

/** One chat: its messages, what is being written, and the field for the next question. */
export function Conversation({ chat, phase, isPracticeOnly }: Props) {
    const { summary, messages } = chat;
    const { writingId, followedId, sending, stop } = useConversation(summary.id, messages, phase);
    const draft = useDraft(summary.id, chat.draft);
    const field = useRef<HTMLTextAreaElement>(null);
    const isEmpty = messages.length === 0;

    useEffect(() => {
        if (isEmpty) field.current?.focus();
    }, [isEmpty]);

    const ask = (text: string) => {
        if (sending.isPending || writingId) return;
        sending.mutate(text);
        // What was pressed goes away with the empty state; the next question is typed here.
        field.current?.focus();
    };
    const send = () => sending.mutate(draft.text, { onSuccess: draft.forget });

    const lastQuestion = messages.findLast(({ role }) => role === "user")?.text;
    const lastAnswer = messages.findLast(({ role }) => role === "assistant");
    const isQuiet = writingId === undefined && lastAnswer !== undefined;
    useConversationCommands({
        stop: writingId === undefined ? undefined : stop,
        askAgain: isQuiet && lastQuestion !== undefined ? () => ask(lastQuestion) : undefined,
        copyLast: isQuiet ? pressLastCopy : undefined,
        between: focusMessage,
    });

    const actions = useContext(RoomActionsContext);
    const edit = (text: string) => {
        draft.write(text);
        field.current?.focus();
    };

    return (
        <RoomActionsContext value={{ ...actions, edit }}>
            {isEmpty ? (
                <EmptyChat isPracticeOnly={isPracticeOnly} onAsk={ask} />
            ) : (
                <Transcript messages={messages} isWriting={writingId !== undefined} onAsk={ask} />
            )}
            <div className={styles.foot}>
                {sending.error ? (
                    <FailureLine
                        error={sending.error}
                        question={sending.variables}
                        onAgain={() => sending.mutate(sending.variables)}
                    />
                ) : null}
                <Composer
                    ref={field}
                    text={draft.text}
                    hasMessages={!isEmpty}
                    isSending={sending.isPending}
                    isWriting={writingId !== undefined}
                    onChange={draft.write}
                    onSend={send}
                    onStop={stop}
                    onEditLast={() => lastQuestion !== undefined && edit(lastQuestion)}
                />
                <p className={styles.caution}>{chatWords.caution}</p>
            </div>
            <Speaker messageId={followedId} />
        </RoomActionsContext>
    );
}
