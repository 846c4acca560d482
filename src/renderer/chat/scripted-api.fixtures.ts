import type { Api } from "#shared/contract/contract.ts";
import type { AnswerEvent, AnswerStatistics, PredictedSpeed } from "#shared/schema/answer.ts";
import type { ChatSummary, Message } from "#shared/schema/chat.ts";
import type { EngineState } from "#shared/schema/engine.ts";
import type { ChatId, MessageId, ModelId } from "#shared/schema/ids.ts";
import type { Measurement } from "#shared/schema/measurement.ts";
import { DEFAULT_RUN_SETTINGS } from "#shared/schema/run-settings.ts";

const modelId = "starter" as ModelId;
export const statistics: AnswerStatistics = {
    promptTokens: 60,
    cachedTokens: 0,
    answerTokens: 71,
    timeToFirstTokenMilliseconds: 412,
    tokensPerSecond: 36.4,
    promptTokensPerSecond: 200,
    stopReason: "end",
};
const engineState: EngineState = {
    phase: "idle",
    progress: null,
    model: { modelId, name: "Practice" },
    settings: null,
    failure: null,
    loadMilliseconds: 900,
    lowered: null,
    engineBuild: null,
    template: null,
    residentBytes: 250e6,
};

/**
 * A host for tests of the window, with chats in memory and an answer that says what the test pushes. Not a model: no
 * words or speeds come from here.
 */
export function scriptedApi(titles: string[] = ["First", "Second"]) {
    let chats = titles.map((title, index): ChatSummary => summary(`c${index + 1}`, title));
    const gone = new Map<ChatId, ChatSummary>();
    let messages: Message[] = [];
    let predicted: PredictedSpeed | null = null;
    let count = 0;
    let wake = () => {};
    const events: AnswerEvent[] = [];
    const drafts: string[] = [];
    const draftOf = new Map<ChatId, string>();
    const runs: Measurement[] = [];
    const asked: string[] = [];
    const followedFrom: number[] = [];
    const stopped: MessageId[] = [];
    let storing: Promise<void> = Promise.resolve();

    const add = (chatId: ChatId, role: Message["role"], text: string, state: Message["state"]): Message => {
        count++;
        const id = `m${count}` as MessageId;
        const message = {
            id,
            chatId,
            sequence: count,
            role,
            text,
            state,
            createdAt: 0,
            modelId,
            modelName: "Practice",
        };
        const stored = { ...message, statistics: null, failure: null, predicted: role === "user" ? null : predicted };
        messages.push(stored);
        return { ...stored };
    };
    const written = () => messages.findLast(({ state }) => state === "writing");

    const api = {
        chats: {
            list: async () => [...chats],
            get: async ({ chatId }: { chatId: ChatId }) => ({
                summary: chats.find(({ id }) => id === chatId) ?? summary(chatId, "?"),
                draft: draftOf.get(chatId) ?? "",
                messages: messages.filter((message) => message.chatId === chatId).map((message) => ({ ...message })),
            }),
            create: async () => {
                const created = { ...summary(`n${++count}`, "New chat"), messageCount: 0 };
                chats = [created, ...chats];
                return created;
            },
            rename: async ({ chatId, title }: { chatId: ChatId; title: string }) => {
                chats = chats.map((chat) => (chat.id === chatId ? { ...chat, title } : chat));
                return summary(chatId, title);
            },
            remove: async ({ chatId }: { chatId: ChatId }) => {
                for (const chat of chats) if (chat.id === chatId) gone.set(chatId, chat);
                chats = chats.filter(({ id }) => id !== chatId);
                return {};
            },
            restore: async ({ chatId }: { chatId: ChatId }) => {
                const chat = gone.get(chatId) ?? summary(chatId, "?");
                chats = [chat, ...chats];
                return chat;
            },
            saveDraft: async ({ chatId, text }: { chatId: ChatId; text: string }) => {
                draftOf.set(chatId, text);
                drafts.push(text);
                return {};
            },
        },
        answers: {
            start: async ({ chatId, text }: { chatId: ChatId; text: string }) => {
                await storing;
                asked.push(text);
                events.length = 0;
                drafts.push("");
                draftOf.delete(chatId);
                return {
                    question: add(chatId, "user", text, "complete"),
                    answer: add(chatId, "assistant", "", "writing"),
                };
            },
            follow: async ({ fromOffset }: { fromOffset: number }, { signal }: { signal: AbortSignal }) => {
                followedFrom.push(fromOffset);
                return (async function* () {
                    for (let next = 0; !signal.aborted;) {
                        const event = events[next];
                        if (event) {
                            next++;
                            if (event.kind !== "text" || event.endOffset > fromOffset) yield event;
                        } else await new Promise<void>((resolve) => (wake = resolve));
                    }
                })();
            },
            stop: async ({ messageId }: { messageId: MessageId }) => {
                stopped.push(messageId);
                return {};
            },
        },
        engine: {
            watch: async () =>
                (async function* () {
                    yield engineState;
                    await new Promise(() => {});
                })(),
            load: async () => engineState,
            unload: async () => engineState,
        },
        models: {
            list: async () => ({
                models: [
                    {
                        id: modelId,
                        name: "Practice",
                        fileName: "practice.gguf",
                        sizeBytes: 1,
                        isStarter: true,
                        shape: null,
                        refusal: null,
                    },
                ],
                starterMissing: null,
            }),
        },
        hardware: {
            watchMemory: async () =>
                (async function* () {
                    yield { totalBytes: 24e9, freeBytes: 22e9, gpuTotalBytes: null, gpuFreeBytes: null };
                    await new Promise(() => {});
                })(),
        },
        measurements: { list: async () => runs },
    };
    return {
        // Only the procedures the chat room calls are here; calling another fails the test.
        api: api as unknown as Api,
        drafts,
        asked,
        followedFrom,
        stopped,
        /** From now on `answers.start` waits for this. */
        storeAfter: (until: Promise<void>) => void (storing = until),
        /** From now on answers are asked with this prediction. */
        predict: (speed: PredictedSpeed) => void (predicted = speed),
        has: (text: string, state: Message["state"], role: Message["role"] = "assistant") =>
            add("c1" as ChatId, role, text, state),
        write(text: string, tokensWritten: number | null = null) {
            const message = written();
            if (!message) throw new Error("nothing is being written");
            message.text += text;
            events.push({ kind: "text", text, endOffset: message.text.length, tokensWritten });
            wake();
        },
        end() {
            const message = written();
            if (message) Object.assign(message, { state: "complete", statistics });
            if (message?.predicted) runs.unshift(runOf(message.predicted));
            events.push({ kind: "done", statistics });
            wake();
        },
    };
}

/** What the host remembers of an answer that was predicted. */
const runOf = (predicted: PredictedSpeed): Measurement => ({
    modelId,
    modelName: "Practice",
    measuredAt: 0,
    deviceKey: "a processor",
    engineBuild: "scripted",
    settings: DEFAULT_RUN_SETTINGS,
    predictedTokensPerSecond: predicted.middleTokensPerSecond,
    predictedLowTokensPerSecond: predicted.lowTokensPerSecond,
    predictedHighTokensPerSecond: predicted.highTokensPerSecond,
    measuredTokensPerSecond: statistics.tokensPerSecond ?? 1,
    timeToFirstTokenMilliseconds: statistics.timeToFirstTokenMilliseconds,
    promptTokens: statistics.promptTokens,
    answerTokens: statistics.answerTokens,
    isOnBattery: false,
});

function summary(id: string, title: string): ChatSummary {
    return { id: id as ChatId, title, updatedAt: 0, messageCount: 1, modelName: "Practice" };
}
