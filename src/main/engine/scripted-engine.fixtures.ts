/**
 * An engine process without an engine, over the real protocol, for injected faults. What it is asked says what it does:
 * a file called `…SIGKILL.gguf` kills it while it loads, a question such as `writing SIGSEGV` in that phase.
 */
import { setTimeout as wait } from "node:timers/promises";
import { openParentPort } from "../parent-port.ts";
import { createHeartbeat } from "./heartbeat.ts";
import { type FromEngine, ToEngine } from "./messages.ts";

const port = openParentPort();
const post = (message: FromEngine) => port.postMessage(message);
const heartbeat = createHeartbeat(post);
const faultWords = /SIGKILL|SIGSEGV|SIGABRT|SIGSTOP|EXIT0/;
/** Long enough for what was posted to leave, far below every deadline. */
const FLUSH_MILLISECONDS = 20;

async function suffer(text: string): Promise<void> {
    const fault = faultWords.exec(text)?.[0];
    if (fault === undefined) return;
    await wait(FLUSH_MILLISECONDS);
    if (fault === "EXIT0") process.exit(0);
    // As llama.cpp does on a value it does not accept.
    if (fault === "SIGABRT") process.stderr.write("/build/src/llama-graph.cpp:12: GGML_ASSERT(n > 0) failed\n");
    process.kill(process.pid, fault);
    // A stopped process goes on here only when it is woken, which nobody does.
    await wait(60_000);
}

async function receive(message: ToEngine): Promise<void> {
    const { request } = message;
    switch (message.kind) {
        case "backends": {
            // As a graphics driver that takes its process down.
            if (message.useGraphics) await suffer("SIGSEGV");
            const none = { backend: null, deviceNames: [], totalBytes: 0, freeBytes: 0, unifiedBytes: 0 };
            const report = {
                ...none,
                engineBuild: "scripted",
                libraryVersion: "0",
                mathCores: 1,
                softwareDriver: null,
            };
            post({ kind: "backends", request, report });
            return;
        }
        case "load":
            heartbeat.enter("loading");
            await suffer(message.filePath);
            if (message.filePath.includes("slow"))
                for (let share = 0; share <= 1; share += 0.25) {
                    heartbeat.progress(share);
                    await wait(250);
                }
            post({
                kind: "loaded",
                request,
                milliseconds: 1,
                settings: message.settings,
                cacheFellBackFrom: null,
                engineBuild: "scripted",
            });
            break;
        case "fit":
            post({ kind: "fitted", request, firstTurn: 0 });
            return;
        case "generate": {
            const text = message.prompt.kind === "known" ? (message.prompt.turns.at(-1)?.text ?? "") : "";
            heartbeat.enter("reading");
            post({ kind: "reading", request, tokensRead: 0, tokensTotal: 2 });
            if (text.startsWith("reading")) await suffer(text);
            heartbeat.enter("writing");
            post({ kind: "text", request, text: "half an ", tokensWritten: 2 });
            if (text.startsWith("writing")) await suffer(text);
            if (text === "deaf") await wait(60_000);
            post({ kind: "text", request, text: "answer", tokensWritten: 3 });
            const times = { timeToFirstTokenMilliseconds: 1, tokensPerSecond: null, promptTokensPerSecond: null };
            const counts = { promptTokens: 2, cachedTokens: 0, answerTokens: 2 };
            post({ kind: "generated", request, statistics: { ...counts, ...times, stopReason: "end" } });
            break;
        }
        case "probe-threads":
            post({ kind: "threads-probed", request, rates: [] });
            return;
        case "stop":
            return;
    }
    heartbeat.enter("idle");
}

port.on("message", ({ data }) => void receive(ToEngine.parse(data)));
post({ kind: "ready", libraryVersion: "scripted" });
heartbeat.enter("idle");
