import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { AnswerEvent, AnswerStatistics, PredictedSpeed } from "#shared/schema/answer.ts";
import type { LocalModel } from "#shared/schema/catalog.ts";
import { Failed } from "#shared/schema/failure.ts";
import { MessageId } from "#shared/schema/ids.ts";
import {
    createModelFolder,
    createRealTemplates,
    loadRequest,
    silentLog,
    spawnRealEngine,
} from "../../engine/real-engine.fixtures.ts";
import type { ChildProcess } from "../../shell.ts";
import { createEngine, type Engine } from "../engine/engine.ts";
import type { Library } from "../models/library.ts";
import { createStorage, type Storage } from "../storage/storage.ts";
import { createAnswers } from "./answers.ts";

const workerEntry = fileURLToPath(new URL("../../storage/main.ts", import.meta.url));
const call = { signal: new AbortController().signal };

let models: Awaited<ReturnType<typeof createModelFolder>>;
let storage: Storage;
let engine: Engine;
/** The newest life of the engine. */
let child: ChildProcess;

beforeAll(async () => {
    models = await createModelFolder();
    storage = await createStorage({ workerEntry, dataFolder: path.join(models.folder, "data"), log: silentLog });
    engine = createEngine({
        spawn: () => (child = spawnRealEngine()),
        templates: createRealTemplates(),
        log: silentLog,
    });
});
afterEach(() => void (parts.failing = null));
afterAll(async () => {
    await engine.close();
    await storage.close();
    await models.remove();
});

const parts: { failing: unknown; measured: AnswerStatistics[] } = { failing: null, measured: [] };

const forecast: PredictedSpeed = { lowTokensPerSecond: 20, middleTokensPerSecond: 25, highTokensPerSecond: 31 };

/** Answers over the real engine, the real store and the tiny model. */
function createReal(overrides: { storage?: Storage } = {}) {
    const request = loadRequest(models.tinyPath);
    const model: LocalModel = {
        id: request.modelId,
        name: "Tiny",
        fileName: "tiny.gguf",
        sizeBytes: 1,
        isStarter: false,
        shape: null,
        refusal: null,
    };
    const library: Pick<Library, "resolve"> = { resolve: async () => ({ model, filePath: models.tinyPath }) };
    const answers = createAnswers({
        engine,
        storage: overrides.storage ?? storage,
        library,
        load: async () => {
            if (parts.failing) throw parts.failing;
            return engine.load(request);
        },
        chooseModel: () => request.modelId,
        predict: async () => forecast,
        measured: async (_id, _name, statistics) => void parts.measured.push(statistics),
        log: silentLog,
    });
    const start = async (text: string) => {
        const chat = await storage.chats.create();
        const started = await answers.start({ chatId: chat.id, text, modelId: null }, call);
        const { question, answer } = started;
        return {
            question: { ...question, id: MessageId.parse(question.id) },
            answer: { ...answer, id: MessageId.parse(answer.id) },
        };
    };
    const follow = (messageId: MessageId, fromOffset = 0) => answers.follow({ messageId, fromOffset }, call);
    return { answers, start, follow };
}

/** The whole stream: its text, its one end, and the kinds on the way. */
async function readAll(stream: AsyncIterable<AnswerEvent> | Promise<AsyncIterable<AnswerEvent>>) {
    let text = "";
    const ends: AnswerEvent[] = [];
    const kinds = new Set<string>();
    for await (const event of await stream) {
        kinds.add(event.kind);
        if (event.kind === "text") {
            text += event.text;
            expect(event.endOffset).toBe(text.length);
        } else if (event.kind !== "loading" && event.kind !== "reading") ends.push(event);
    }
    return { text, end: ends[0], endCount: ends.length, kinds };
}
/** Follows until the first text. */
async function untilText(stream: AsyncIterable<AnswerEvent> | Promise<AsyncIterable<AnswerEvent>>) {
    for await (const event of await stream) if (event.kind === "text") return event;
    throw new Error("the answer ended without text");
}

describe("an answer", () => {
    it("loads its model first, is stored word for word, and is the same for every follower", async () => {
        const { start, follow } = createReal();
        const { question, answer } = await start("tell me");
        expect(question).toMatchObject({ role: "user", text: "tell me", state: "complete" });
        expect(answer).toMatchObject({ role: "assistant", state: "writing", predicted: forecast });
        // The prompt is on disk before the engine has it: the model is not even loaded.
        expect((await storage.chats.getMessage(question.id)).text).toBe("tell me");
        const [one, two] = await Promise.all([readAll(follow(answer.id)), readAll(follow(answer.id))]);
        expect(one.kinds).toContain("loading");
        expect(one.endCount).toBe(1);
        expect(one.end?.kind).toBe("done");
        expect(two.text).toBe(one.text);
        expect(one.text.length).toBeGreaterThan(0);
        const stored = await storage.chats.getMessage(answer.id);
        expect(stored).toMatchObject({ state: "complete", text: one.text });
        expect(one.end).toEqual({ kind: "done", statistics: stored.statistics });
        expect(parts.measured.at(-1)).toEqual(stored.statistics);
        // Later too, from any offset, by services that have never seen it.
        const rest = await createReal().answers.follow({ messageId: answer.id, fromOffset: 3 }, call);
        const events: AnswerEvent[] = [];
        for await (const event of rest) events.push(event);
        expect(events[0]).toEqual({
            kind: "text",
            text: one.text.slice(3),
            endOffset: one.text.length,
            tokensWritten: null,
        });
        expect(events.at(-1)?.kind).toBe("done");
    });

    it("stops within 300 ms and keeps what was written", async () => {
        const { answers, start, follow } = createReal();
        const { answer } = await start("go on");
        await untilText(follow(answer.id));
        const begun = performance.now();
        void answers.stop({ messageId: answer.id }, call);
        const { text, end } = await readAll(follow(answer.id));
        expect(performance.now() - begun).toBeLessThan(300);
        expect(end?.kind).toBe("stopped");
        expect(await storage.chats.getMessage(answer.id)).toMatchObject({ state: "stopped", text });
    });

    it("stops while its model is loading", async () => {
        await engine.unload();
        const { answers, start, follow } = createReal();
        const { answer } = await start("wait");
        const begun = performance.now();
        void answers.stop({ messageId: answer.id }, call);
        expect((await readAll(follow(answer.id))).end).toEqual({ kind: "stopped", statistics: null });
        expect(performance.now() - begun).toBeLessThan(300);
        // The model arrives all the same, and the next answer finds it.
        const next = await start("now");
        await untilText(follow(next.answer.id));
        void answers.stop({ messageId: next.answer.id }, call);
        await readAll(follow(next.answer.id));
    });

    it("goes on when its follower leaves, and is one at a time", async () => {
        const { answers, start, follow } = createReal();
        const { answer } = await start("stay");
        await untilText(follow(answer.id));
        await expect(start("second")).rejects.toMatchObject({ failure: { code: "ENGINE_BUSY" } });
        void answers.stop({ messageId: answer.id }, call);
        expect((await readAll(follow(answer.id))).endCount).toBe(1);
        const third = await start("third");
        void answers.stop({ messageId: third.answer.id }, call);
        expect((await readAll(follow(third.answer.id))).end?.kind).toBe("stopped");
    });

    it("whose engine is killed keeps its text, is marked, and the next message works", async () => {
        const { answers, start, follow } = createReal();
        const { answer } = await start("until the end");
        const first = await untilText(follow(answer.id));
        const killedAt = performance.now();
        child.kill();
        const { text, end } = await readAll(follow(answer.id));
        expect(performance.now() - killedAt).toBeLessThan(1000);
        expect(end).toMatchObject({
            kind: "failed",
            failure: { code: "ENGINE_DIED", data: { cause: { kind: "ended", signal: "SIGKILL" } } },
        });
        expect(text.startsWith(first.text)).toBe(true);
        const stored = await storage.chats.getMessage(answer.id);
        expect(stored).toMatchObject({ state: "failed", text, failure: { code: "ENGINE_DIED" } });
        const next = await start("still there?");
        await untilText(follow(next.answer.id));
        void answers.stop({ messageId: next.answer.id }, call);
        expect((await readAll(follow(next.answer.id))).end?.kind).toBe("stopped");
    });

    it("whose model does not load fails with the reason, and the question stays", async () => {
        await engine.unload();
        const { start, follow } = createReal();
        parts.failing = new Failed({
            code: "NOT_ENOUGH_MEMORY",
            data: { memory: "main", neededBytes: 2, freeBytes: 1 },
        });
        const { question, answer } = await start("too big");
        expect((await readAll(follow(answer.id))).end).toEqual({
            kind: "failed",
            failure: { code: "NOT_ENOUGH_MEMORY", data: { memory: "main", neededBytes: 2, freeBytes: 1 } },
        });
        expect((await storage.chats.getMessage(question.id)).text).toBe("too big");
    });

    it("that cannot be stored says so and does not block the next", async () => {
        const full = new Failed({ code: "DISK_FULL", data: { neededBytes: null, freeBytes: 0 } });
        const failing: Storage = {
            ...storage,
            chats: { ...storage.chats, appendText: () => Promise.reject(full) },
        };
        const { answers, start, follow } = createReal({ storage: failing });
        const { answer } = await start("full disk");
        await untilText(follow(answer.id));
        void answers.stop({ messageId: answer.id }, call);
        const { text, end } = await readAll(follow(answer.id));
        expect(end).toEqual({ kind: "failed", failure: full.failure });
        expect(text.length).toBeGreaterThan(0);
    });

    it("that is being written when Hearth closes is stored to the last character that was seen", async () => {
        const { answers, start, follow } = createReal();
        const { answer } = await start("closing");
        let seen = "";
        for await (const event of await follow(answer.id)) {
            if (event.kind !== "text") continue;
            seen += event.text;
            // The last batch waits for its half second: nothing of this is stored yet, or only a part.
            if (seen.length > 20) break;
        }
        await answers.close();
        const stored = await storage.chats.getMessage(answer.id);
        expect(stored.state).toBe("cut");
        expect(stored.text.startsWith(seen)).toBe(true);
        await expect(start("after it")).rejects.toMatchObject({ failure: { code: "ENGINE_BUSY" } });
    });

    it("that a dead host left in the middle counts as stopped", async () => {
        const { follow } = createReal();
        const chat = await storage.chats.create();
        const { modelId } = loadRequest(models.tinyPath);
        const { answer } = await storage.chats.addExchange({
            chatId: chat.id,
            text: "?",
            modelId,
            modelName: "Tiny",
            predicted: null,
        });
        await storage.chats.appendText(answer.id, "half");
        const { text, end } = await readAll(follow(answer.id));
        expect({ text, end }).toEqual({ text: "half", end: { kind: "stopped", statistics: null } });
    });
});
