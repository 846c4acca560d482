/**
 * An engine process without an engine, over the real protocol: what a hostile model and a hostile graphics driver could say
 * (bar B7). It answers `output 12` with the hostile output of that number, and anything else with the question itself, in
 * pieces either way.
 */
import { setTimeout as wait } from "node:timers/promises";
import { type FromEngine, ToEngine } from "../src/main/engine/messages.ts";
import { openParentPort } from "../src/main/parent-port.ts";
import type { Prompt } from "../src/shared/schema/prompt.ts";
import { hostileOutputs } from "../src/renderer/ui/hostile-output.fixtures.ts";

const PIECES = 7;
/** A frame apart, so that the window draws between them. */
const PAUSE_MILLISECONDS = 17;

const port = openParentPort();
const post = (message: FromEngine) => port.postMessage(message);

function outputFor(question: string): string {
    const number = /^output (\d+)$/.exec(question)?.[1];
    return number === undefined ? question : (hostileOutputs[Number(number)] ?? "");
}

const questionOf = (prompt: Prompt): string => (prompt.kind === "known" ? (prompt.turns.at(-1)?.text ?? "") : "");

async function receive(message: ToEngine): Promise<void> {
    if (message.kind === "stop") return;
    const { request } = message;
    if (message.kind === "backends") {
        const name = "<img src=x onerror=alert(1)>\u202Egnp \u0007[card](javascript:alert(1))";
        post({
            kind: "backends",
            request,
            report: {
                backend: "vulkan",
                deviceNames: [name],
                totalBytes: 8 * 2 ** 30,
                freeBytes: 6 * 2 ** 30,
                unifiedBytes: 0,
                engineBuild: "<b>scripted</b>",
                libraryVersion: "0",
                mathCores: 1,
                softwareDriver: null,
            },
        });
    } else if (message.kind === "load")
        post({
            kind: "loaded",
            request,
            milliseconds: 1,
            settings: message.settings,
            cacheFellBackFrom: null,
            engineBuild: "scripted",
        });
    else if (message.kind === "fit") return post({ kind: "fitted", request, firstTurn: 0 });
    else if (message.kind === "probe-threads") post({ kind: "threads-probed", request, rates: [] });
    else {
        const text = outputFor(questionOf(message.prompt));
        post({ kind: "alive", phase: "writing", progress: null });
        const step = Math.max(1, Math.ceil(text.length / PIECES));
        for (let at = 0; at < text.length; at += step) {
            post({ kind: "text", request, text: text.slice(at, at + step), tokensWritten: at + 1 });
            await wait(PAUSE_MILLISECONDS);
        }
        post({
            kind: "generated",
            request,
            statistics: {
                promptTokens: 1,
                cachedTokens: 0,
                answerTokens: 1,
                timeToFirstTokenMilliseconds: 1,
                tokensPerSecond: null,
                promptTokensPerSecond: null,
                stopReason: "end",
            },
        });
    }
    post({ kind: "alive", phase: "idle", progress: null });
}

port.on("message", ({ data }) => void receive(ToEngine.parse(data)));
post({ kind: "ready", libraryVersion: "scripted" });
post({ kind: "alive", phase: "idle", progress: null });
