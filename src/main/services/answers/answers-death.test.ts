import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AnswerEvent } from "#shared/schema/answer.ts";
import type { ExitCause, Phase } from "#shared/schema/failure.ts";
import { MessageId } from "#shared/schema/ids.ts";
import {
    createModelFolder,
    createRealTemplates,
    loadRequest,
    silentLog,
    wordsModel,
} from "../../engine/real-engine.fixtures.ts";
import { spawnChild } from "../../host/spawn.ts";
import { PHASE_DEADLINES } from "../engine/deadlines.ts";
import { createEngine, type Engine } from "../engine/engine.ts";
import { createStorage, type Storage } from "../storage/storage.ts";
import { createAnswers } from "./answers.ts";

/** In `npm test` 10 on a tiny model with a short deadline; in `npm run bars` 50 on the starter with the app's own. */
const REPEATS = Number(process.env["HEARTH_BAR_REPEATS"] ?? 10);
const isBar = REPEATS >= 50;
const deadlines: Record<Phase, number> = isBar ? PHASE_DEADLINES : { ...PHASE_DEADLINES, writing: 1000 };
const SEEN_MILLISECONDS = 1000;
const HANG_SEEN_MILLISECONDS = 15_000;
const RELOAD_ALLOWANCE_MILLISECONDS = 2000;
const faults = ["SIGKILL", "SIGSEGV", "SIGABRT", "SIGUSR2", "SIGSTOP"] as const;

const entry = fileURLToPath(new URL("../../engine/engine-with-exit.fixtures.ts", import.meta.url));
const workerEntry = fileURLToPath(new URL("../../storage/main.ts", import.meta.url));
const call = { signal: new AbortController().signal };
let models: Awaited<ReturnType<typeof createModelFolder>>;
let storage: Storage;
let engine: Engine;
let enginePid = 0;
let time = 0;
beforeAll(async () => {
    models = await createModelFolder();
    storage = await createStorage({ workerEntry, dataFolder: path.join(models.folder, "data"), log: silentLog });
    engine = createEngine({
        spawn: () => {
            const child = spawnChild(entry);
            enginePid = child.pid ?? 0;
            return child;
        },
        templates: createRealTemplates(),
        log: silentLog,
        // Deaths are counted by a clock of their own, so that fifty in a row are fifty first ones.
        now: () => time,
        deadlines,
    });
});
afterAll(async () => {
    await engine.close();
    await storage.close();
    await models.remove();
});

type Asked = { text: string; end: AnswerEvent; firstTextAt: number; endedAt: number; messageId: MessageId };

/** Asks in a chat of its own and follows to the end; `onText` is told of the first text. */
async function ask(answers: ReturnType<typeof createAnswers>, onText: (messageId: MessageId) => void): Promise<Asked> {
    const chat = await storage.chats.create();
    const { answer } = await answers.start({ chatId: chat.id, text: "Tell me a long story.", modelId: null }, call);
    const messageId = MessageId.parse(answer.id);
    let text = "";
    let firstTextAt = 0;
    for await (const event of await answers.follow({ messageId, fromOffset: 0 }, call)) {
        if (event.kind === "text") {
            text += event.text;
            if (firstTextAt === 0) {
                firstTextAt = performance.now();
                onText(messageId);
            }
        } else if (event.kind === "done" || event.kind === "stopped" || event.kind === "failed")
            return { text, end: event, firstTextAt, endedAt: performance.now(), messageId };
    }
    throw new Error("the answer has no end");
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

function causeOf(fault: (typeof faults)[number]): Partial<ExitCause> {
    if (fault === "SIGSTOP") return { kind: "silent", phase: "writing" };
    if (fault === "SIGUSR2") return { kind: "ended", exitCode: 0, signal: null };
    return { kind: "ended", exitCode: null, signal: fault };
}

it(
    `B31: the real engine lost in the middle of an answer, ${REPEATS} times`,
    { timeout: REPEATS * 30_000 },
    async ({ task }) => {
        const request = loadRequest((isBar && wordsModel) || models.tinyPath, { contextTokens: 2048 });
        const model = {
            id: request.modelId,
            name: "Model",
            fileName: request.name,
            sizeBytes: 1,
            isStarter: false,
            shape: null,
            refusal: null,
        };
        const answers = createAnswers({
            engine,
            storage,
            library: { resolve: async () => ({ model, filePath: request.filePath }) },
            load: () => engine.load(request),
            chooseModel: () => request.modelId,
            predict: async () => null,
            measured: async () => undefined,
            log: silentLog,
        });
        const usual: number[] = [];
        const afterDeath: number[] = [];
        const seen: number[] = [];
        for (let turn = 0; turn < REPEATS; turn++) {
            const fault = faults[turn % faults.length] ?? "SIGKILL";
            // A fresh engine: from the question to the first text is what a load usually takes.
            const isFresh = isBar || turn % faults.length === 0;
            if (isFresh) await engine.unload();
            const begun = performance.now();
            let lostAt = 0;
            const lost = await ask(answers, () => {
                lostAt = performance.now();
                process.kill(enginePid, fault);
            });
            expect(lost.endedAt - lostAt, fault).toBeLessThan(
                fault === "SIGSTOP" ? HANG_SEEN_MILLISECONDS : SEEN_MILLISECONDS,
            );
            expect(lost.end).toMatchObject({
                kind: "failed",
                failure: { code: "ENGINE_DIED", data: { cause: causeOf(fault), deathsInARow: 1 } },
            });
            expect(lost.text.length).toBeGreaterThan(0);
            expect(await storage.chats.getMessage(lost.messageId)).toMatchObject({
                state: "failed",
                text: lost.text,
                failure: { code: "ENGINE_DIED" },
            });
            if (fault !== "SIGSTOP") seen.push(lost.endedAt - lostAt);
            if (isFresh) usual.push(lost.firstTextAt - begun);
            const askedAgainAt = performance.now();
            const next = await ask(answers, (messageId) => void answers.stop({ messageId }, call));
            expect(["done", "stopped"]).toContain(next.end.kind);
            afterDeath.push(next.firstTextAt - askedAgainAt);
            time += 180_000;
        }
        Object.assign(task.meta, {
            figures:
                `${REPEATS} deaths of five kinds in the middle of an answer of the real engine` +
                ` (${isBar && wordsModel ? "starter" : "tiny model"}), seen in ${Math.round(median(seen))} ms at the median,` +
                ` first text ${(median(afterDeath) / 1000).toFixed(1)} s after the next question,` +
                ` usually ${(median(usual) / 1000).toFixed(1)} s`,
        });
        // The middle of all turns, so that another program that takes the processor for a moment does not decide.
        expect(median(afterDeath)).toBeLessThan(median(usual) + RELOAD_ALLOWANCE_MILLISECONDS);
    },
);
