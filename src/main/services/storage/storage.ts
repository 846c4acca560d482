import type { AnswerStatistics } from "#shared/schema/answer.ts";
import type { Chat, ChatSummary, Message, MessageState, Turn } from "#shared/schema/chat.ts";
import type { Failure } from "#shared/schema/failure.ts";
import type { ChatId, MessageId, ModelId } from "#shared/schema/ids.ts";
import type { Measurement } from "#shared/schema/measurement.ts";

/** The storage worker as services see it. Every promise resolves once the change is committed, and throws Failed. */
export type Storage = {
    chats: {
        list(limit: number): Promise<ChatSummary[]>;
        get(chatId: ChatId): Promise<Chat>;
        create(): Promise<ChatSummary>;
        rename(chatId: ChatId, title: string): Promise<ChatSummary>;
        remove(chatId: ChatId): Promise<void>;
        restore(chatId: ChatId): Promise<ChatSummary>;
        saveDraft(chatId: ChatId, text: string): Promise<void>;
        /** The question and an empty answer in state `writing`, in one transaction; empties the draft; titles a new chat. */
        addExchange(exchange: {
            chatId: ChatId;
            text: string;
            modelId: ModelId;
            modelName: string;
        }): Promise<{ question: Message; answer: Message }>;
        /** Adds to the end of an answer. */
        appendText(messageId: MessageId, text: string): Promise<void>;
        finishAnswer(
            messageId: MessageId,
            end: {
                state: Exclude<MessageState, "writing">;
                statistics: AnswerStatistics | null;
                failure: Failure | null;
            },
        ): Promise<void>;
        getMessage(messageId: MessageId): Promise<Message>;
        /** What the engine is given: all earlier turns and the question, without the empty answer. */
        readTurns(chatId: ChatId): Promise<Turn[]>;
    };
    measurements: {
        add(measurement: Measurement): Promise<void>;
        list(modelId: ModelId | null): Promise<Measurement[]>;
    };
    /** What happened at the start: a damaged database set aside, for instance. */
    notices(): Failure[];
    close(): Promise<void>;
};
