import { Worker } from "node:worker_threads";
import { z } from "zod";
import type { AnswerStatistics } from "#shared/schema/answer.ts";
import type { Chat, ChatSummary, Message, MessageState, Turn } from "#shared/schema/chat.ts";
import { Failed, type Failure } from "#shared/schema/failure.ts";
import type { ChatId, MessageId, ModelId } from "#shared/schema/ids.ts";
import type { Measurement } from "#shared/schema/measurement.ts";
import { FromStorage, type OperationInput, type OperationName } from "../../storage/messages.ts";
import type { Log } from "../log/log.ts";

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
        addExchange(exchange: OperationInput<"chats.addExchange">): Promise<{ question: Message; answer: Message }>;
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

const Named = z.object({ request: z.number() });
type Pending = { resolve: (output: unknown) => void; reject: (error: Failed) => void };

/**
 * Starts the worker and resolves when the database is open. A worker that dies is started again with the next question; one
 * that does not even open is a notice, STORAGE_DIED, until it does: the rest of Hearth opens all the same.
 */
export async function createStorage({
    workerEntry,
    dataFolder,
    log,
}: {
    workerEntry: string;
    dataFolder: string;
    log: Log;
}): Promise<Storage> {
    const pending = new Map<number, Pending>();
    const notices: Failure[] = [];
    let isOpen = false;
    let nextRequest = 1;
    let worker: Promise<Worker> | undefined;
    let isClosing = false;

    /** What is no message of ours: nothing of it is believed but the number, so that nobody waits for ever. */
    const drop = (data: unknown): void => {
        log.warn("storage.babbled");
        const named = Named.safeParse(data);
        if (!named.success) return;
        pending.get(named.data.request)?.reject(new Failed({ code: "STORAGE_DIED", data: {} }));
        pending.delete(named.data.request);
    };

    const start = (): Promise<Worker> => {
        const started = new Worker(workerEntry, { workerData: { dataFolder } });
        const opened = Promise.withResolvers<Worker>();
        started.on("message", (data: unknown) => {
            const parsed = FromStorage.safeParse(data);
            if (!parsed.success) return drop(data);
            const message = parsed.data;
            switch (message.kind) {
                case "open":
                    // A worker that was started again meets the same circumstances.
                    for (const notice of message.notices)
                        if (!notices.some(({ code }) => code === notice.code)) notices.push(notice);
                    isOpen = true;
                    opened.resolve(started);
                    return;
                case "answer":
                    pending.get(message.request)?.resolve(message.output);
                    pending.delete(message.request);
                    return;
                case "failed":
                    pending.get(message.request)?.reject(new Failed(message.failure));
                    pending.delete(message.request);
                    return;
                case "closed":
                    return;
            }
        });
        started.on("error", (error) => log.warn("storage.error", { name: error.name }));
        started.on("exit", () => {
            worker = undefined;
            isOpen = false;
            const died = new Failed({ code: "STORAGE_DIED", data: {} });
            opened.reject(died);
            for (const { reject } of pending.values()) reject(died);
            pending.clear();
            if (!isClosing) log.warn("storage.died");
        });
        return opened.promise;
    };

    const ask = async <Output>(operation: OperationName, input: unknown): Promise<Output> => {
        if (isClosing) throw new Failed({ code: "STORAGE_DIED", data: {} });
        worker ??= start();
        const ready = await worker;
        const request = nextRequest++;
        const output = new Promise<unknown>((resolve, reject) => pending.set(request, { resolve, reject }));
        ready.postMessage({ kind: "ask", request, operation, input });
        // The worker's rows were parsed by their schema in the worker, on the same build.
        return (await output) as Output;
    };

    worker = start();
    // A second try: a worker that meets damage ends, and the next one rescues what it can.
    await worker.catch(() => (worker = start())).catch(() => undefined);
    return {
        chats: {
            list: (limit) => ask("chats.list", { limit }),
            get: (chatId) => ask("chats.get", { chatId }),
            create: () => ask("chats.create", {}),
            rename: (chatId, title) => ask("chats.rename", { chatId, title }),
            remove: (chatId) => ask("chats.remove", { chatId }),
            restore: (chatId) => ask("chats.restore", { chatId }),
            saveDraft: (chatId, text) => ask("chats.saveDraft", { chatId, text }),
            addExchange: (exchange) => ask("chats.addExchange", exchange),
            appendText: (messageId, text) => ask("chats.appendText", { messageId, text }),
            finishAnswer: (messageId, end) => ask("chats.finishAnswer", { messageId, ...end }),
            getMessage: (messageId) => ask("chats.getMessage", { messageId }),
            readTurns: (chatId) => ask("chats.readTurns", { chatId }),
        },
        measurements: {
            add: (measurement) => ask("measurements.add", measurement),
            list: (modelId) => ask("measurements.list", { modelId }),
        },
        notices: () => (isOpen || isClosing ? [...notices] : [...notices, { code: "STORAGE_DIED", data: {} }]),
        async close() {
            isClosing = true;
            const closing = await worker?.catch(() => undefined);
            if (!closing) return;
            const gone = new Promise((resolve) => closing.once("exit", resolve));
            closing.postMessage({ kind: "close" });
            await gone;
        },
    };
}
