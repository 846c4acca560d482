import { fork } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Failure } from "#shared/schema/failure.ts";
import { ChatId, MessageId, ModelId } from "#shared/schema/ids.ts";
import { DEFAULT_RUN_SETTINGS } from "#shared/schema/run-settings.ts";
import { leaveCleanMark } from "../../storage/clean-mark.ts";
import { openDatabase } from "../../storage/driver.ts";
import { chatsProcedures } from "../chats/procedures.ts";
import { secureFolder } from "./secure-folder.ts";
import { createStorage, type Storage } from "./storage.ts";

const workerEntry = fileURLToPath(new URL("../../storage/main.ts", import.meta.url));
const killed = fileURLToPath(new URL("write-until-killed.fixtures.ts", import.meta.url));
const silentLog = { info: () => undefined, warn: () => undefined };
const modelId = ModelId.parse("starter");
const exchange = (chatId: ChatId, text: string) => ({
    chatId,
    text,
    modelId,
    modelName: "SmolLM2 135M",
    predicted: null,
});

let folder: string;
let storage: Storage;
const open = async () => (storage = await createStorage({ workerEntry, dataFolder: folder, log: silentLog }));
beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), "hearth-worker-"));
    await open();
});
afterEach(async () => {
    await storage.close();
    rmSync(folder, { recursive: true });
});

describe("chats", () => {
    it("leaves a draft alone that is not what was sent", async () => {
        const { id } = await storage.chats.create();
        await storage.chats.saveDraft(id, "typed so far");
        await storage.chats.addExchange(exchange(id, "Ask again, please."));
        expect((await storage.chats.get(id)).draft).toBe("typed so far");
    });

    it("keeps an exchange with a title from its first question, whatever the text", async () => {
        const { id } = await storage.chats.create();
        await storage.chats.saveDraft(id, "Why is");
        expect((await storage.chats.get(id)).draft).toBe("Why is");
        const predicted = { lowTokensPerSecond: 8, middleTokensPerSecond: 10, highTokensPerSecond: 12.5 };
        const odd = "Why is 炉 \u0000 👩‍👩‍👧 'quoted'; drop table chat; --\nand a second line";
        const { question, answer } = await storage.chats.addExchange({ ...exchange(id, odd), predicted });
        await storage.chats.appendText(answer.id, "Be");
        await storage.chats.appendText(answer.id, "cause.");
        await storage.chats.finishAnswer(answer.id, { state: "complete", statistics: null, failure: null });
        await storage.close();
        await open();
        const chat = await storage.chats.get(id);
        expect(chat.draft).toBe("");
        expect(chat.summary).toMatchObject({ messageCount: 2, modelName: "SmolLM2 135M" });
        expect(chat.summary.title).toMatch(/^Why is 炉/);
        expect(chat.messages.map(({ text, state }) => [text, state])).toEqual([
            [odd, "complete"],
            ["Because.", "complete"],
        ]);
        expect(chat.messages.map((message) => message.predicted)).toEqual([null, predicted]);
        expect(question.sequence).toBeLessThan(answer.sequence);
        expect(await storage.chats.readTurns(id)).toHaveLength(2);
    });

    it("lists the one written to last first, and renames", async () => {
        const first = await storage.chats.create();
        const second = await storage.chats.create();
        expect((await storage.chats.list(10)).map(({ id }) => id)).toEqual([second.id, first.id]);
        await storage.chats.addExchange(exchange(first.id, "hello"));
        expect((await storage.chats.list(10)).map(({ id }) => id)).toEqual([first.id, second.id]);
        expect((await storage.chats.rename(second.id, "Bread")).title).toBe("Bread");
        expect(await storage.chats.list(1)).toHaveLength(1);
    });

    it("removes with undo, through the procedures", async () => {
        const procedures = chatsProcedures(storage);
        const { id } = await storage.chats.create();
        await storage.chats.addExchange(exchange(id, "hello"));
        await procedures.remove({ chatId: id }, { signal: new AbortController().signal });
        expect(await storage.chats.list(10)).toEqual([]);
        await expect(storage.chats.get(id)).rejects.toMatchObject({ failure: { code: "CHAT_MISSING" } });
        await storage.close();
        await open();
        expect((await storage.chats.restore(id)).messageCount).toBe(2);
    });

    it("deletes for good at a start ten seconds after the removal", async () => {
        const { id } = await storage.chats.create();
        await storage.chats.remove(id);
        await storage.close();
        const database = openDatabase(path.join(folder, "hearth.db"));
        database.run("update chat set removed_at = removed_at - 11000");
        database.close();
        await open();
        await expect(storage.chats.restore(id)).rejects.toMatchObject({ failure: { code: "CHAT_MISSING" } });
    });

    it("answers what is not there with a typed failure", async () => {
        const chatId = ChatId.parse("nowhere");
        const messageId = MessageId.parse("nowhere");
        const codes = await Promise.all(
            [
                storage.chats.get(chatId),
                storage.chats.saveDraft(chatId, "x"),
                storage.chats.addExchange(exchange(chatId, "x")),
                storage.chats.appendText(messageId, "x"),
                storage.chats.getMessage(messageId),
            ].map((asked: Promise<unknown>) => asked.catch((error: { failure: Failure }) => error.failure.code)),
        );
        expect(codes).toEqual(["CHAT_MISSING", "CHAT_MISSING", "CHAT_MISSING", "MESSAGE_MISSING", "MESSAGE_MISSING"]);
    });
});

describe("the end of the process", () => {
    it("by SIGKILL, ten times: every acknowledged question is there, and the file is whole", async () => {
        for (let round = 0; round < 10; round++) {
            await storage.close();
            const child = fork(killed, [folder], { stdio: ["ignore", "pipe", "inherit", "ipc"] });
            const acknowledged: string[] = [];
            if (!child.stdout) throw new Error("the child has no output");
            for await (const line of createInterface(child.stdout)) {
                acknowledged.push(line);
                // At a different place of the loop each time; lines already on their way still count.
                if (acknowledged.length === 2 + round) setTimeout(() => child.kill("SIGKILL"), round);
            }
            if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
            expect(child.signalCode).toBe("SIGKILL");
            await open();
            expect(storage.notices()).toEqual([]);
            const [chat] = await storage.chats.list(1);
            if (!chat) throw new Error("the chat is lost");
            const { messages } = await storage.chats.get(chat.id);
            const ids = messages.map(({ id }) => id);
            expect(acknowledged.filter((id) => !ids.includes(MessageId.parse(id)))).toEqual([]);
            expect(messages.filter(({ state }) => state === "writing")).toEqual([]);
            expect(messages.filter(({ state }) => state === "cut").length).toBeGreaterThan(0);
            // Questions and answers alternate: no half of an exchange.
            expect(new Set(messages.map(({ role }, index) => role === (index % 2 ? "assistant" : "user")))).toEqual(
                new Set([true]),
            );
        }
        await storage.close();
        const database = openDatabase(path.join(folder, "hearth.db"));
        expect(database.one("pragma integrity_check")).toEqual({ integrity_check: "ok" });
        database.close();
    }, 60_000);

    it("of the worker: what was asked fails with STORAGE_DIED, and the next question starts it again", async () => {
        await storage.close();
        const entry = path.join(folder, "once.mjs");
        writeFileSync(
            entry,
            `import { parentPort } from "node:worker_threads";
            import { existsSync, writeFileSync } from "node:fs";
            parentPort.on("message", (message) => {
                if (message.kind === "close") return parentPort.close();
                if (existsSync(${JSON.stringify(`${entry}.died`)}))
                    return parentPort.postMessage({ kind: "answer", request: message.request, output: [] });
                writeFileSync(${JSON.stringify(`${entry}.died`)}, "");
                process.exit(1);
            });
            parentPort.postMessage({ kind: "open", notices: [{ code: "READ_ONLY", data: { what: "data" } }] });`,
        );
        storage = await createStorage({ workerEntry: entry, dataFolder: folder, log: silentLog });
        const asked = [storage.chats.list(1), storage.chats.list(1)].map((each) => expect(each).rejects);
        await Promise.all(asked.map((each) => each.toMatchObject({ failure: { code: "STORAGE_DIED" } })));
        expect(await storage.chats.list(1)).toEqual([]);
        expect(storage.notices()).toHaveLength(1);
    });

    it("of the worker before it is open: Hearth opens all the same, says so, and tries again when it is asked", async () => {
        await storage.close();
        const entry = path.join(folder, "late.mjs");
        writeFileSync(
            entry,
            `import { parentPort } from "node:worker_threads";
            import { existsSync } from "node:fs";
            if (!existsSync(${JSON.stringify(`${entry}.ready`)})) process.exit(1);
            parentPort.on("message", (message) => {
                if (message.kind === "close") return parentPort.close();
                parentPort.postMessage({ kind: "answer", request: message.request, output: [] });
            });
            parentPort.postMessage({ kind: "open", notices: [] });`,
        );
        storage = await createStorage({ workerEntry: entry, dataFolder: folder, log: silentLog });
        expect(storage.notices()).toEqual([{ code: "STORAGE_DIED", data: {} }]);
        await expect(storage.chats.list(1)).rejects.toMatchObject({ failure: { code: "STORAGE_DIED" } });
        writeFileSync(`${entry}.ready`, "");
        expect(await storage.chats.list(1)).toEqual([]);
        expect(storage.notices()).toEqual([]);
    });

    it("by damage that the start could not see: the file is rescued and it is said", async () => {
        const chats = await Promise.all(Array.from({ length: 30 }, () => storage.chats.create()));
        for (const { id } of chats) await storage.chats.addExchange(exchange(id, "word ".repeat(300)));
        await storage.close();
        const file = path.join(folder, "hearth.db");
        const bytes = readFileSync(file);
        writeFileSync(file, bytes.fill(0xee, 8 * 4096, 12 * 4096));
        // As if the disk had forgotten: nothing wrote to the file since Hearth closed it.
        leaveCleanMark(file);
        await open();
        const rescued = await storage.chats.list(100);
        expect(rescued.length).toBeGreaterThan(20);
        expect(storage.notices().map(({ code }) => code)).toEqual(["DATABASE_DAMAGED"]);
        for (const { id } of rescued) expect((await storage.chats.get(id)).summary.id).toBe(id);
    });

    it("after close, a question is refused and starts nothing", async () => {
        await storage.close();
        await expect(storage.chats.list(1)).rejects.toMatchObject({ failure: { code: "STORAGE_DIED" } });
        await open();
    });
});

it("keeps measured runs, newest first, by model", async () => {
    const run = {
        modelId,
        modelName: "SmolLM2 135M",
        measuredAt: 1,
        deviceKey: "a processor",
        engineBuild: "b1",
        settings: DEFAULT_RUN_SETTINGS,
        predictedTokensPerSecond: 10,
        predictedLowTokensPerSecond: 8,
        predictedHighTokensPerSecond: 12,
        measuredTokensPerSecond: 11,
        timeToFirstTokenMilliseconds: 300,
        promptTokens: 20,
        answerTokens: 100,
        isOnBattery: false,
    };
    await storage.measurements.add(run);
    // The clock was set back: the order is that of the writing.
    await storage.measurements.add({ ...run, measuredAt: 0, measuredTokensPerSecond: 9 });
    await storage.measurements.add({ ...run, modelId: ModelId.parse("other") });
    const own = await storage.measurements.list(modelId);
    expect(own.map(({ measuredTokensPerSecond }) => measuredTokensPerSecond)).toEqual([9, 11]);
    expect(await storage.measurements.list(null)).toHaveLength(3);
});

it("makes the profile private at each start", () => {
    chmodSync(folder, 0o755);
    mkdirSync(path.join(folder, "logs"));
    for (const name of ["settings.json", "hearth.db", "odd"]) {
        writeFileSync(path.join(folder, name), "", { flag: "a" });
        chmodSync(path.join(folder, name), 0o644);
    }
    secureFolder(folder);
    const modes = ["", "logs", "settings.json", "hearth.db", "odd"].map((name) =>
        (statSync(path.join(folder, name)).mode & 0o777).toString(8),
    );
    expect(modes).toEqual(["700", "700", "600", "600", "600"]);
});
