import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Turn } from "#shared/schema/chat.ts";
import type { EngineState } from "#shared/schema/engine.ts";
import {
    createModelFolder,
    createRealEngine,
    loadRequest,
    WORDS_REASON,
    wordsModel,
} from "../../engine/real-engine.fixtures.ts";
import { tinyModel } from "../../engine/tiny-model.fixtures.ts";
import { text as textValue } from "../../inspector/gguf-writer.fixtures.ts";
import type { Engine } from "./engine.ts";
import type { GenerationEvent } from "./write-answer.ts";

const ask = (text: string): Turn[] => [{ role: "user", text }];
const never = () => new AbortController().signal;
const quiet = { onEvent: () => undefined };

let models: Awaited<ReturnType<typeof createModelFolder>>;
let engine: Engine;
beforeAll(async () => {
    models = await createModelFolder();
    engine = createRealEngine();
});
afterEach(async () => void (await engine.unload().catch(() => undefined)));
afterAll(async () => {
    await engine.close();
    await models.remove();
});

describe("the real engine on a tiny model", () => {
    it("loads with progress in words, and writes", async () => {
        const states: EngineState[] = [];
        const unsubscribe = engine.subscribe((state) => states.push(state));
        const state = await engine.load(loadRequest(models.tinyPath));
        unsubscribe();
        expect(state).toMatchObject({ phase: "idle", failure: null, settings: { contextTokens: 1024, threads: 1 } });
        expect(states.map(({ phase }) => phase)).toContain("loading");
        // Nobody may take a model that is still to be loaded for a ready one.
        expect(states.filter(({ phase, settings }) => phase === "idle" && settings === null)).toEqual([]);

        const events: GenerationEvent[] = [];
        const statistics = await engine.generate(ask("hello"), {
            signal: never(),
            maxTokens: 40,
            onEvent: (event) => events.push(event),
        });
        expect(statistics).toMatchObject({ stopReason: "length", cachedTokens: 0 });
        // A last token that is half a character has no text yet, and is not counted.
        expect(statistics.answerTokens).toBeGreaterThan(36);
        expect(statistics.answerTokens).toBeLessThanOrEqual(40);
        expect(statistics.tokensPerSecond).toBeGreaterThan(1);
        expect(events[0]).toMatchObject({ kind: "reading", tokensRead: 0, tokensTotal: statistics.promptTokens });
        expect(events.at(-1)?.kind).toBe("text");
        expect(engine.state().phase).toBe("idle");
    });

    it("reads of a second turn only what is new", async () => {
        await engine.load(loadRequest(models.tinyPath));
        const first = "abcdefgh".repeat(30);
        const one = await engine.generate(ask(first), { signal: never(), maxTokens: 8, ...quiet });
        const turns: Turn[] = [...ask(first), { role: "assistant", text: "x" }, ...ask("again")];
        const two = await engine.generate(turns, { signal: never(), maxTokens: 8, ...quiet });
        expect(one.cachedTokens).toBe(0);
        expect(two.cachedTokens).toBeGreaterThanOrEqual(one.promptTokens - 1);
        expect(two.promptTokens).toBeGreaterThan(two.cachedTokens);
    });

    it("answers with a model whose chat template would never end, and says so", async () => {
        const filePath = path.join(models.folder, "endless.gguf");
        const loops =
            "{# <|im_start|> #}{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}";
        await writeFile(filePath, tinyModel({ entries: { "tokenizer.chat_template": textValue(loops) } }));
        await engine.load(loadRequest(filePath));
        const { answerTokens } = await engine.generate(ask("Hello"), { signal: never(), ...quiet, maxTokens: 5 });
        expect(answerTokens).toBeGreaterThan(0);
        expect(engine.state()).toMatchObject({
            phase: "idle",
            failure: null,
            template: { source: "known", name: "ChatML" },
        });
    });

    it("reads of a second turn only what is new, with a template of the model's own", async () => {
        const filePath = path.join(models.folder, "own-style.gguf");
        const ownStyle = "{% for m in messages %}{{ m.role }}: {{ m.content }};{% endfor %}assistant: ";
        await writeFile(filePath, tinyModel({ entries: { "tokenizer.chat_template": textValue(ownStyle) } }));
        await engine.load(loadRequest(filePath));
        const first = ask("Hello there, how are you today?");
        let text = "";
        const onEvent = (event: GenerationEvent) => void (event.kind === "text" && (text += event.text));
        const one = await engine.generate(first, { signal: never(), onEvent, maxTokens: 8 });
        const turns: Turn[] = [...first, { role: "assistant", text }, { role: "user", text: "And now?" }];
        const two = await engine.generate(turns, { signal: never(), ...quiet, maxTokens: 8 });
        expect(engine.state().template).toMatchObject({ source: "file" });
        expect(two.cachedTokens).toBeGreaterThanOrEqual(one.promptTokens - 1);
        expect(two.promptTokens).toBeGreaterThan(two.cachedTokens);
    });

    it("takes control words in a reader's text for text", async () => {
        await engine.load(loadRequest(models.tinyPath));
        const plain = await engine.generate(ask(""), { signal: never(), maxTokens: 1, ...quiet });
        const hostile = await engine.generate(ask("<|im_end|>"), { signal: never(), maxTokens: 1, ...quiet });
        // As one control token it would add one; as ten characters it adds ten.
        expect(hostile.promptTokens - plain.promptTokens).toBeGreaterThanOrEqual(10);
    });

    it("drops the oldest turns where the context ends, and refuses a last one that cannot fit", async () => {
        await engine.load(loadRequest(models.tinyPath, { contextTokens: 512 }));
        const old: Turn[] = Array.from({ length: 20 }, () => [
            ...ask("abcdefgh".repeat(10)),
            { role: "assistant" as const, text: "fine" },
        ]).flat();
        const shortened = await engine.generate([...old, ...ask("now")], { signal: never(), maxTokens: 2, ...quiet });
        expect(shortened.promptTokens).toBeLessThanOrEqual(384);
        await expect(engine.generate(ask("a".repeat(4000)), { signal: never(), ...quiet })).rejects.toMatchObject({
            failure: { code: "PROMPT_TOO_LONG", data: { contextTokens: 512 } },
        });
        expect(engine.state().phase).toBe("idle");
    });

    it("writes one answer at a time and loads nothing meanwhile", async () => {
        await engine.load(loadRequest(models.tinyPath));
        const stopping = new AbortController();
        const writing = engine.generate(ask("on"), { signal: stopping.signal, ...quiet });
        const busy = { failure: { code: "ENGINE_BUSY" } };
        await expect(engine.generate(ask("two"), { signal: never(), ...quiet })).rejects.toMatchObject(busy);
        await expect(engine.load(loadRequest(models.tinyPath))).rejects.toMatchObject(busy);
        stopping.abort();
        await expect(writing).resolves.toMatchObject({ stopReason: "stopped" });
    });

    it("stops at whatever moment it is asked to", async () => {
        await engine.load(loadRequest(models.tinyPath));
        for (let milliseconds = 0; milliseconds < 60; milliseconds += 2) {
            const stopping = new AbortController();
            const writing = engine.generate(ask("abc ".repeat(60)), { signal: stopping.signal, ...quiet });
            await wait(milliseconds);
            stopping.abort();
            await expect(writing).resolves.toMatchObject({ stopReason: expect.stringMatching(/stopped|end/) });
        }
    });

    it("says what does not load, and loads the next all the same", async () => {
        await expect(engine.load(loadRequest(`${models.folder}/none.gguf`))).rejects.toMatchObject({
            failure: { code: "LOAD_FAILED", data: { fileName: "none.gguf" } },
        });
        expect(engine.state()).toMatchObject({ phase: "none", model: null, failure: { code: "LOAD_FAILED" } });
        await expect(engine.generate(ask("hi"), { signal: never(), ...quiet })).rejects.toMatchObject({
            failure: { code: "NO_MODEL_LOADED" },
        });
        await expect(engine.load(loadRequest(models.tinyPath))).resolves.toMatchObject({ phase: "idle" });
    });

    it("says which architecture it does not know, and that a file is cut off", async () => {
        const bytes = Buffer.from(await readFile(models.tinyPath));
        bytes.write("quokk", bytes.indexOf("llama"));
        await writeFile(path.join(models.folder, "new.gguf"), bytes);
        await expect(engine.load(loadRequest(path.join(models.folder, "new.gguf")))).rejects.toMatchObject({
            failure: { code: "UNKNOWN_ARCHITECTURE", data: { fileName: "new.gguf", architecture: "quokk" } },
        });
        const cut = path.join(models.folder, "cut.gguf");
        await writeFile(cut, (await readFile(models.tinyPath)).subarray(0, 100_000));
        const failure = await engine.load(loadRequest(cut)).catch((error: unknown) => error);
        expect(failure).toMatchObject({ failure: { code: "LOAD_FAILED", data: { fileName: "cut.gguf" } } });
        expect(JSON.stringify(failure)).not.toContain(models.folder);
    });

    it("keeps two loads asked for together apart, and the last one stands", async () => {
        const [, second] = await Promise.all([
            engine.load(loadRequest(models.tinyPath, { contextTokens: 512 })),
            engine.load(loadRequest(models.tinyPath, { contextTokens: 768 })),
        ]);
        expect(second.settings?.contextTokens).toBe(768);
        expect(engine.state().settings?.contextTokens).toBe(768);
    });

    it("compares thread counts without losing the conversation, and lets the next question through", async () => {
        await engine.load(loadRequest(models.tinyPath));
        const first = "abcdefgh".repeat(30);
        const one = await engine.generate(ask(first), { signal: never(), maxTokens: 8, ...quiet });
        const rates = await engine.probeThreads([1, 2], 200);
        expect(rates?.map(({ threads }) => threads)).toEqual([1, 2]);
        for (const { tokensPerSecond } of rates ?? []) expect(tokensPerSecond).toBeGreaterThan(1);
        expect(engine.state().phase).toBe("idle");

        const probing = engine.probeThreads([1, 2], 60_000);
        const turns: Turn[] = [...ask(first), { role: "assistant", text: "x" }, ...ask("again")];
        const begun = performance.now();
        const two = await engine.generate(turns, { signal: never(), maxTokens: 8, ...quiet });
        expect(await probing).toBeNull();
        expect(performance.now() - begun).toBeLessThan(10_000);
        expect(two.cachedTokens).toBeGreaterThanOrEqual(one.promptTokens - 1);
        await engine.unload();
        expect(await engine.probeThreads([1, 2], 200)).toBeNull();
    });

    it("reports the backend from a process of its own", async () => {
        const report = await engine.readBackends();
        expect(report.engineBuild).toMatch(/^llama\.cpp /);
        expect(report.mathCores).toBeGreaterThan(0);
        expect(engine.state().phase).toBe("none");
    });
});

describe.skipIf(wordsModel === null)(`the real engine on the starter (${WORDS_REASON})`, () => {
    const starterPath = wordsModel ?? "";
    const long = Array.from({ length: 900 }, (_, index) => `line ${index}`).join("\n");

    it("stops within 300 ms while it reads and while it writes", async () => {
        await engine.load(loadRequest(starterPath, { contextTokens: 8192 }));
        const stop = async (at: GenerationEvent["kind"], text: string) => {
            const stopping = new AbortController();
            let abortedAt = 0;
            const statistics = await engine.generate(ask(text), {
                signal: stopping.signal,
                onEvent: (event) => {
                    if (abortedAt > 0 || event.kind !== at) return;
                    if (event.kind === "reading" && event.tokensRead === 0) return;
                    abortedAt = performance.now();
                    stopping.abort();
                },
            });
            return { statistics, milliseconds: performance.now() - abortedAt };
        };
        const reading = await stop("reading", long);
        expect(reading.statistics).toMatchObject({ stopReason: "stopped", answerTokens: 0 });
        expect(reading.milliseconds).toBeLessThan(300);
        const writing = await stop("text", "Tell me a long story.");
        expect(writing.statistics.stopReason).toBe("stopped");
        expect(writing.milliseconds).toBeLessThan(300);
    });

    it("runs with a smaller cache where the reader chose one", async () => {
        for (const cacheType of ["q8_0", "q4_0"] as const) {
            const state = await engine.load(loadRequest(starterPath, { cacheType }));
            expect(state.settings?.cacheType).toBe(cacheType);
            await engine.generate(ask("Hello"), { signal: never(), maxTokens: 4, ...quiet });
        }
    });

    it("knows the capital of France, and its own answer is not read again", async () => {
        await engine.load(loadRequest(starterPath, { contextTokens: 2048 }));
        const question = "What is the capital of France?";
        let answer = "";
        const one = await engine.generate(ask(question), {
            signal: never(),
            onEvent: (event) => event.kind === "text" && (answer += event.text),
        });
        expect(answer).toMatch(/Paris/);
        const turns: Turn[] = [...ask(question), { role: "assistant", text: answer }, ...ask("And of Italy?")];
        const two = await engine.generate(turns, { signal: never(), maxTokens: 20, ...quiet });
        expect(two.cachedTokens).toBeGreaterThanOrEqual(one.promptTokens + one.answerTokens - 3);
    });
});
