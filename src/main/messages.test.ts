import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { serialize } from "node:v8";
import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { FromEngine, ToEngine } from "./engine/messages.ts";
import { loadRequest, plainTemplates, silentLog, spawnRealEngine } from "./engine/real-engine.fixtures.ts";
import { spawnChild } from "./host/spawn.ts";
import { FromInspector, ToInspector } from "./inspector/messages.ts";
import { noMessages, wrongMessages } from "./payloads.fixtures.ts";
import { createEngine } from "./services/engine/engine.ts";
import { createInspector } from "./services/inspector/inspector.ts";
import { createStorage } from "./services/storage/storage.ts";
import type { ChildProcess } from "./shell.ts";
import { FromStorage, operations, ToStorage } from "./storage/messages.ts";
import { fill } from "./storage/open-store.fixtures.ts";

const PAYLOADS = 200;
const seed = Number(process.env["HEARTH_BAR_SEED"] ?? 1);

/** Every message that crosses between our processes. A file of messages that is not here fails the first test. */
const unions = { ToEngine, FromEngine, ToInspector, FromInspector, ToStorage, FromStorage };
type UnionName = keyof typeof unions;

/** The kinds of a union with their fields, from the union itself. */
function kindsOf(name: UnionName): { kind: string; fields: string[] }[] {
    const union = unions[name];
    const options: readonly z.ZodObject[] = union instanceof z.ZodDiscriminatedUnion ? union.options : [union];
    return options.map(({ shape }) => ({
        kind: String((shape["kind"] as z.ZodLiteral).value),
        fields: Object.keys(shape),
    }));
}

/** `PAYLOADS` wrong messages of every kind that can be wrong, and as many of none; none that the schema takes. */
function wrongOnes(name: UnionName): { kind: string; payloads: unknown[] }[] {
    const draw = (kind: string, arbitrary: fc.Arbitrary<unknown>) => {
        const payloads = fc
            .sample(arbitrary, { numRuns: 12 * PAYLOADS, seed })
            .filter((value) => !unions[name].safeParse(value).success)
            .slice(0, PAYLOADS);
        expect(payloads, `${name} ${kind}`).toHaveLength(PAYLOADS);
        return { kind, payloads };
    };
    return [
        ...kindsOf(name)
            // One that is nothing but its kind cannot be wrong in any other way.
            .filter(({ fields }) => fields.length > 1)
            .map(({ kind, fields }) => draw(kind, wrongMessages(kind, fields))),
        draw("none", noMessages),
    ];
}

/** Sends what the carrier takes; functions and symbols it refuses itself, with an error to the sender. */
function sendAll(send: (payload: unknown) => void, name: UnionName): number {
    let sent = 0;
    const all = wrongOnes(name);
    for (const { payloads } of all)
        for (const payload of payloads) {
            try {
                send(payload);
                sent += 1;
            } catch (error) {
                expect(error).toMatchObject({
                    name: expect.stringMatching(/DataCloneError|TypeError|Error/) as string,
                });
            }
        }
    expect(sent).toBeGreaterThan(all.length * PAYLOADS * 0.5);
    return sent;
}

it("covers every union of messages there is (bar B11)", () => {
    const declared = globSync("*/messages.ts", { cwd: import.meta.dirname }).flatMap((file) =>
        [
            ...readFileSync(path.join(import.meta.dirname, file), "utf8").matchAll(/^export const ((?:To|From)\w+)/gm),
        ].map(([, name]) => name),
    );
    expect(new Set(declared)).toEqual(new Set(Object.keys(unions)));
    for (const name of Object.keys(unions) as UnionName[]) expect(kindsOf(name).length).toBeGreaterThan(0);
    expect(kindsOf("ToEngine").map(({ kind }) => kind)).toContain("generate");
});

let folder: string;
const children: ChildProcess[] = [];
beforeAll(() => void (folder = mkdtempSync(path.join(os.tmpdir(), "hearth-messages-"))));
afterEach(() => {
    for (const child of children.splice(0)) child.kill();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A process of ours, and all that it says. */
function listen(child: ChildProcess): {
    child: ChildProcess;
    said: unknown[];
    until: (find: (m: unknown) => boolean) => Promise<void>;
} {
    children.push(child);
    const said: unknown[] = [];
    const waiting = new Set<() => void>();
    child.port.on("message", ({ data }) => {
        said.push(data);
        for (const look of waiting) look();
    });
    return {
        child,
        said,
        until: (find) =>
            new Promise((resolve, reject) => {
                const look = () => {
                    if (!said.some(find)) return;
                    waiting.delete(look);
                    resolve();
                };
                waiting.add(look);
                look();
                void child.exited.then((end) => reject(new Error(`it ended: ${JSON.stringify(end)}`)));
            }),
    };
}
const kindIs =
    (kind: string, request?: number) =>
    (message: unknown): boolean =>
        typeof message === "object" &&
        message !== null &&
        Reflect.get(message, "kind") === kind &&
        (request === undefined || Reflect.get(message, "request") === request);

describe("B11: wrong messages to", () => {
    it("the engine get a typed error where they can be answered; it lives and goes on", async () => {
        const { child, said, until } = listen(spawnRealEngine());
        await until(kindIs("ready"));
        sendAll((payload) => child.port.postMessage(payload), "ToEngine");
        child.port.postMessage({ kind: "backends", request: 5000, useGraphics: false });
        await until(kindIs("backends", 5000));
        for (const message of said) expect(FromEngine.safeParse(message).success).toBe(true);
        expect(said.filter(kindIs("failed")).length).toBeGreaterThan(PAYLOADS);
        expect(said.some(kindIs("loaded"))).toBe(false);
    });

    it("the inspector are dropped; it lives and goes on", async () => {
        const entry = fileURLToPath(new URL("inspector/main.ts", import.meta.url));
        const { child, said, until } = listen(spawnChild(entry));
        sendAll((payload) => child.port.postMessage(payload), "ToInspector");
        child.port.postMessage({ kind: "inspect", request: 5000, filePath: path.join(folder, "none.gguf") });
        await until(kindIs("inspected", 5000));
        expect(said).toHaveLength(1);
    });

    it("the store change nothing: neither of a wrong kind, nor with a wrong question", async () => {
        const data = mkdtempSync(path.join(folder, "store-"));
        fill(data, 3);
        const worker = new Worker(new URL("storage/main.ts", import.meta.url), { workerData: { dataFolder: data } });
        const answers = new Map<number, (message: FromStorage) => void>();
        const opened = Promise.withResolvers<void>();
        worker.on("message", (message: FromStorage) => {
            if (message.kind === "open") opened.resolve();
            if (message.kind === "answer" || message.kind === "failed") answers.get(message.request)?.(message);
        });
        await opened.promise;
        let request = 10_000;
        const ask = (operation: string, input: unknown) =>
            new Promise<FromStorage>((resolve) => {
                answers.set(++request, resolve);
                worker.postMessage({ kind: "ask", request, operation, input });
            });
        const everything = async () => {
            const list = await ask("chats.list", { limit: 1000 });
            const ids = (list.kind === "answer" ? (list.output as { id: string }[]) : []).map(({ id }) => id);
            return JSON.stringify([
                list,
                await Promise.all(ids.map((chatId) => ask("chats.get", { chatId }))),
            ]).replaceAll(/"request":\d+/g, "");
        };
        const before = await everything();
        expect(before).toContain("question 2.2");
        sendAll((payload) => worker.postMessage(payload), "ToStorage");
        for (const [operation, schema] of Object.entries(operations)) {
            // One takes nothing, and ignores what it is given.
            if (Object.keys(schema.shape).length === 0) continue;
            const wrong = fc
                .sample(wrongMessages("question", Object.keys(schema.shape)), { numRuns: 8 * PAYLOADS, seed })
                .filter((input) => !(schema as z.ZodObject).safeParse(input).success)
                .slice(0, PAYLOADS);
            expect(wrong).toHaveLength(PAYLOADS);
            for (const input of wrong) {
                const asked = new Promise<FromStorage>((resolve) => answers.set(++request, resolve));
                try {
                    worker.postMessage({ kind: "ask", request, operation, input });
                } catch {
                    continue;
                }
                expect(await asked, operation).toMatchObject({ kind: "failed", failure: { code: "UNEXPECTED" } });
            }
        }
        expect(await everything()).toBe(before);
        await worker.terminate();
    }, 60_000);
});

function canBeCloned(value: unknown): boolean {
    try {
        serialize(value);
        return true;
    } catch {
        return false;
    }
}

/** A process that says what it is told to, and never ends by itself. */
function createMute() {
    let hear: (event: { data: unknown }) => void = () => undefined;
    const asked: unknown[] = [];
    const child: ChildProcess = {
        pid: process.pid,
        port: { postMessage: (message) => void asked.push(message), on: (_event, listener) => (hear = listener) },
        exited: new Promise(() => undefined),
        readLogTail: () => "",
        kill: () => undefined,
    };
    return { child, asked, say: (data: unknown) => hear({ data: structuredClone(data) }) };
}

describe("B11: wrong messages from", () => {
    it("an engine change nothing that the host knows of it", async () => {
        const mute = createMute();
        const engine = createEngine({ spawn: () => mute.child, templates: plainTemplates, log: silentLog });
        const request = loadRequest("/a.gguf");
        const loading = engine.load(request);
        await new Promise((resolve) => setImmediate(resolve));
        const before = JSON.stringify(engine.state());
        sendAll(mute.say, "FromEngine");
        expect(JSON.stringify(engine.state())).toBe(before);
        mute.say({ kind: "ready", libraryVersion: "1" });
        await expect.poll(() => mute.asked.length).toBe(1);
        const { settings } = request;
        mute.say({ kind: "loaded", request: 1, milliseconds: 1, settings, cacheFellBackFrom: null, engineBuild: "1" });
        expect(await loading).toMatchObject({ phase: "idle", settings });
    });

    it("an inspector are dropped, and the true answer is taken", async () => {
        const mute = createMute();
        const inspector = createInspector({ spawn: () => mute.child, log: silentLog });
        const asked = inspector.inspect("/a.gguf");
        await expect.poll(() => mute.asked.length).toBe(1);
        sendAll(mute.say, "FromInspector");
        const inspection = { verdict: "refused", fault: "empty", detail: "", missingBytes: null, milliseconds: 1 };
        mute.say({ kind: "inspected", request: 1, inspection });
        expect(await asked).toEqual(inspection);
        inspector.close();
    });

    it("a store do not end the host, and whoever they name waits no longer", async () => {
        const entry = path.join(folder, "babbling-store.mjs");
        const carried = wrongOnes("FromStorage")
            .flatMap(({ payloads }) => payloads)
            .filter(canBeCloned);
        writeFileSync(`${entry}.payloads`, serialize(carried));
        writeFileSync(
            entry,
            `import { readFileSync } from "node:fs";
            import { deserialize } from "node:v8";
            import { parentPort } from "node:worker_threads";
            const payloads = deserialize(readFileSync(${JSON.stringify(`${entry}.payloads`)}));
            parentPort.on("message", (message) => {
                if (message.kind === "close") return parentPort.close();
                if (message.operation === "chats.create") {
                    for (const payload of payloads) parentPort.postMessage(payload);
                    return parentPort.postMessage({ kind: "answer", request: message.request });
                }
                parentPort.postMessage({ kind: "answer", request: message.request, output: [] });
            });
            parentPort.postMessage({ kind: "open", notices: [] });`,
        );
        const storage = await createStorage({ workerEntry: entry, dataFolder: folder, log: silentLog });
        expect(carried.length).toBeGreaterThan(4 * PAYLOADS * 0.5);
        await expect(storage.chats.create()).rejects.toMatchObject({ failure: { code: "STORAGE_DIED" } });
        // Some of what it babbles names this question too; after it the store answers as ever.
        await expect.poll(() => storage.chats.list(1).catch(() => null)).toEqual([]);
        expect(storage.notices()).toEqual([]);
        await storage.close();
    });
});
