import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { type AnswerEvent, type AnswerStatistics } from "#shared/schema/answer.ts";
import type { Message } from "#shared/schema/chat.ts";
import { Failed, type Failure } from "#shared/schema/failure.ts";
import type { MessageId, ModelId } from "#shared/schema/ids.ts";
import type { Services } from "../../door.ts";
import type { Engine } from "../engine/engine.ts";
import type { Log } from "../log/log.ts";
import type { Predict } from "../measurements/predict.ts";
import type { Library } from "../models/library.ts";
import type { Storage } from "../storage/storage.ts";
import { type AnswerLog, createAnswerLog } from "./answer-log.ts";
import { keepText } from "./keep-text.ts";

type Running = {
    messageId: MessageId;
    log: AnswerLog;
    stopping: AbortController;
    /** Resolved when nothing of it is left to store. */
    done: PromiseWithResolvers<void>;
};

/** What the contract asks for, and what only the host does. */
export type Answers = Services["answers"] & {
    /** Ends the answer that is being written and resolves when all of its text is stored. Before the store is closed. */
    close(): Promise<void>;
};

/** How many ended answers stay followable from memory: a slow follower may still read one. */
const ENDED_KEPT = 8;
/** The first question may come before the first scan has ended (2 s at most). */
const LONGEST_FORECAST_MILLISECONDS = 1_000;

/**
 * Starts, keeps and lets follow answers. An answer belongs here, not to a window: leaving a page only ends the following.
 * `load` brings a model into the engine; `measured` learns what an answer's speed was.
 */
export function createAnswers({
    engine,
    storage,
    library,
    load,
    chooseModel,
    predict,
    measured,
    log,
}: {
    engine: Engine;
    storage: Storage;
    library: Pick<Library, "resolve">;
    load: (modelId: ModelId) => Promise<unknown>;
    /** The model for an answer when the window names none: the loaded one, else the last used, else the starter. */
    chooseModel: () => ModelId;
    predict: Predict;
    measured: (modelId: ModelId, modelName: string, statistics: AnswerStatistics) => Promise<void>;
    log: Log;
}): Answers {
    let current: Running | undefined;
    let isClosing = false;
    const ended = new Map<MessageId, AnswerLog>();

    const run = async (running: Running, question: Message, answer: Message): Promise<void> => {
        const kept = keepText(storage, running.messageId);
        const { signal } = running.stopping;
        let end: Extract<AnswerEvent, { kind: "done" | "stopped" | "failed" }>;
        let statistics: AnswerStatistics | null = null;
        try {
            await Promise.race([loadIfNeeded(running, answer), whenAborted(signal)]);
            if (signal.aborted) end = { kind: "stopped", statistics: null };
            else {
                statistics = await engine.generate(await storage.chats.readTurns(question.chatId), {
                    signal,
                    onEvent: (event) => {
                        if (event.kind === "reading") return running.log.report(event);
                        running.log.append(event.text, event.tokensWritten);
                        kept.add(event.text);
                    },
                });
                end =
                    statistics.stopReason === "stopped"
                        ? { kind: "stopped", statistics }
                        : { kind: "done", statistics };
            }
        } catch (error) {
            // The reader who asked for the end gets it, however the engine took it.
            end = signal.aborted
                ? { kind: "stopped", statistics: null }
                : { kind: "failed", failure: toFailure(error, log) };
        }
        try {
            await kept.flush();
            const failure = end.kind === "failed" ? end.failure : null;
            // Hearth's own end is not the reader's.
            const state = end.kind === "done" ? "complete" : isClosing && end.kind === "stopped" ? "cut" : end.kind;
            // Before the answer counts as ended: whoever sees its end then finds its measurement too.
            if (statistics && answer.modelId)
                await measured(answer.modelId, answer.modelName ?? "", statistics).catch((error: unknown) =>
                    toFailure(error, log),
                );
            await storage.chats.finishAnswer(running.messageId, { state, statistics, failure });
        } catch (error) {
            end = { kind: "failed", failure: toFailure(error, log) };
        }
        ended.set(running.messageId, running.log);
        for (const oldest of [...ended.keys()].slice(0, -ENDED_KEPT)) ended.delete(oldest);
        current = undefined;
        running.log.finish(end);
        running.done.resolve();
    };

    const loadIfNeeded = async (running: Running, answer: Message) => {
        const modelId = answer.modelId;
        const { model, phase } = engine.state();
        if (modelId === null || (model?.modelId === modelId && phase === "idle")) return;
        running.log.report({ kind: "loading", progress: null });
        const unsubscribe = engine.subscribe((state) => {
            if (state.phase === "loading") running.log.report({ kind: "loading", progress: state.progress });
        });
        try {
            await load(modelId);
        } finally {
            unsubscribe();
        }
    };

    return {
        async start({ chatId, text, modelId }) {
            if (current || isClosing) throw new Failed({ code: "ENGINE_BUSY", data: {} });
            const running: Running = {
                messageId: "" as MessageId,
                log: createAnswerLog(),
                stopping: new AbortController(),
                done: Promise.withResolvers(),
            };
            current = running;
            try {
                const { model } = await library.resolve(modelId ?? chooseModel());
                const predicted = await withinLimit(predict(model), log);
                const exchange = await storage.chats.addExchange({
                    chatId,
                    text,
                    modelId: model.id,
                    modelName: model.name,
                    predicted,
                });
                running.messageId = exchange.answer.id;
                void run(running, exchange.question, exchange.answer);
                return exchange;
            } catch (error) {
                current = undefined;
                running.done.resolve();
                throw error;
            }
        },
        async *follow({ messageId, fromOffset }, { signal }) {
            const live = current?.messageId === messageId ? current.log : ended.get(messageId);
            if (live) return yield* live.follow(fromOffset, signal);
            yield* followStored(await storage.chats.getMessage(messageId), fromOffset);
        },
        stop({ messageId }) {
            if (current?.messageId === messageId) current.stopping.abort();
            return {};
        },
        async close() {
            isClosing = true;
            current?.stopping.abort();
            await current?.done.promise;
        },
    };
}

/** A question is never held up by a forecast: null where it comes late or not at all. */
async function withinLimit<Value>(coming: Promise<Value>, log: Log): Promise<Value | null> {
    const failed = coming.catch((error: unknown) => (toFailure(error, log), null));
    return Promise.race([failed, setTimeout(LONGEST_FORECAST_MILLISECONDS, null, { ref: false })]);
}

/** Resolves when the signal says so. A load that goes on behind it is not lost: the next answer finds the model. */
async function whenAborted(signal: AbortSignal): Promise<void> {
    if (!signal.aborted) await once(signal, "abort");
}

/** An answer that ended before: its rest and its end, as they are stored. */
function* followStored(message: Message, fromOffset: number): Generator<AnswerEvent, void> {
    if (fromOffset < message.text.length)
        yield {
            kind: "text",
            text: message.text.slice(fromOffset),
            endOffset: message.text.length,
            tokensWritten: null,
        };
    if (message.failure) yield { kind: "failed", failure: message.failure };
    else if (message.state === "complete" && message.statistics) yield { kind: "done", statistics: message.statistics };
    else yield { kind: "stopped", statistics: message.statistics };
}

function toFailure(error: unknown, log: Log): Failure {
    if (error instanceof Failed) return error.failure;
    const reference = crypto.randomUUID().slice(0, 8);
    log.warn("answer.unexpected", { reference, error: error instanceof Error ? error.name : "unknown" });
    return { code: "UNEXPECTED", data: { reference } };
}
