import { PanelLeft } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useRoute } from "wouter";
import type { ChatId } from "#shared/schema/ids.ts";
import { useApi } from "../app/api-context.ts";
import { toFailure } from "../app/failures.ts";
import { useCommands } from "../app/use-commands.ts";
import { showControls } from "../ui/show-controls.ts";
import { chatWords } from "../words/chat.ts";
import { createAnswerStore } from "./answer-store.ts";
import { AnswersContext } from "./answers-context.ts";
import { ChatPane, focusChats } from "./ChatPane.tsx";
import { chatHints, roomCommands } from "./commands.ts";
import { FailureLine } from "./FailureLine.tsx";
import { LoweredNote } from "./LoweredNote.tsx";
import { TemplateNote } from "./TemplateNote.tsx";
import { MemoryInUse } from "./MemoryInUse.tsx";
import { ModelHeader } from "./ModelHeader.tsx";
import { OpenChat } from "./OpenChat.tsx";
import { useChats, useModels } from "./queries.ts";
import { RoomActionsContext } from "./room-actions.ts";
import { UndoLine } from "./UndoLine.tsx";
import { useChatList } from "./use-chat-list.ts";
import { useEngine } from "./use-engine.ts";
import styles from "./Chat.module.css";

/** The chat room: `#/chat` opens the newest chat, `#/chat/:chatId` that one. */
export function Chat() {
    const api = useApi();
    const [answers] = useState(() =>
        createAnswerStore({ follow: (...call) => api.answers.follow(...call), toFailure }),
    );
    const [, parameters] = useRoute("/chat/:chatId");
    const chatId = parameters?.chatId as ChatId | undefined;
    const [isPaneOpen, setIsPaneOpen] = useState(false);
    const chats = useChats();
    const models = useModels().data;
    const engine = useEngine();
    const list = useChatList(chats.data, chatId);
    const current = chats.data?.find(({ id }) => id === chatId);
    const title = current ? showControls(current.title) : chatWords.title;
    const side = useRef<HTMLButtonElement>(null);
    const [isChoosing, setIsChoosing] = useState(false);
    const close = () => setIsPaneOpen(false);
    useEffect(() => {
        if (!isPaneOpen) return undefined;
        const button = side.current;
        return () => button?.focus();
    }, [isPaneOpen]);
    const actions = {
        chooseModel: () => setIsChoosing(true),
        loadSmaller: engine.loadSmaller,
        openAnother: list.openAnother,
        edit: () => {},
    };
    const openNew = () => {
        list.open();
        close();
    };
    const showChats = () => {
        // The pane stands beside the chat, or is a drawer: in the one the focus goes there, in the other it opens.
        if (side.current?.offsetParent) setIsPaneOpen(!isPaneOpen);
        else focusChats();
    };
    useCommands(
        roomCommands({ newChat: openNew, chooseModel: actions.chooseModel, unload: engine.unload, showChats }),
        chatHints,
    );
    const error = engine.error ?? list.error ?? chats.error;

    return (
        <AnswersContext value={answers}>
            <RoomActionsContext value={actions}>
                <div className={styles.room}>
                    <ChatPane
                        chats={chats.data}
                        currentId={chatId}
                        isOpen={isPaneOpen}
                        onNew={openNew}
                        onOpen={close}
                        onClose={close}
                        onRename={list.rename}
                        onRemove={list.remove}
                    />
                    <section className={styles.conversation} aria-label={title} inert={isPaneOpen}>
                        <h1 className={styles.spoken} tabIndex={-1}>
                            {title}
                        </h1>
                        <header className={styles.head}>
                            <button
                                ref={side}
                                type="button"
                                className={styles.side}
                                aria-label={chatWords.showChats}
                                aria-expanded={isPaneOpen}
                                onClick={() => setIsPaneOpen(true)}
                            >
                                <PanelLeft aria-hidden="true" size={18} strokeWidth={1.6} />
                            </button>
                            <ModelHeader
                                engine={engine.state}
                                models={models?.models ?? []}
                                isOpen={isChoosing}
                                onOpenChange={setIsChoosing}
                                onLoad={engine.load}
                                onUnload={engine.unload}
                            />
                            <MemoryInUse engine={engine.state} />
                        </header>
                        <div className={styles.told}>
                            {error ? (
                                <FailureLine
                                    error={error}
                                    onAgain={() => (engine.error ? engine.again() : void chats.refetch())}
                                />
                            ) : null}
                            <LoweredNote engine={engine.state} onFull={engine.loadFull} />
                            <TemplateNote engine={engine.state} />
                        </div>
                        {chatId ? (
                            <OpenChat key={chatId} chatId={chatId} phase={engine.state?.phase} models={models} />
                        ) : null}
                    </section>
                    {list.removed ? (
                        <UndoLine
                            key={list.removed.id}
                            title={showControls(list.removed.title)}
                            onUndo={list.undo}
                            onOver={list.forget}
                        />
                    ) : null}
                </div>
            </RoomActionsContext>
        </AnswersContext>
    );
}
