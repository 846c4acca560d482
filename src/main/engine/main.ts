import { writeFile } from "node:fs/promises";
import type { Llama } from "node-llama-cpp";
import type { Failure } from "#shared/schema/failure.ts";
import { buildName, reportBackends } from "./backends.ts";
import { fitTurns } from "./fit-turns.ts";
import { generate } from "./generate.ts";
import { createHeartbeat } from "./heartbeat.ts";
import { importLibrary } from "./library.ts";
import { type Loaded, loadModel } from "./load.ts";
import { Asked, type FromEngine, ToEngine } from "./messages.ts";
import { openParentPort } from "../parent-port.ts";
import { probeThreads } from "./probe-threads.ts";
import { translateError } from "./translate-error.ts";

const port = openParentPort();
const post = (message: FromEngine) => port.postMessage(message);
const heartbeat = createHeartbeat(post);
const mayUseGraphics = process.env["HEARTH_GPU"] !== "off";

// When memory runs out, this process goes first, not the window or the reader's other programs.
if (process.platform === "linux") writeFile("/proc/self/oom_score_adj", "500").catch(() => undefined);

heartbeat.enter("starting");
const library = await importLibrary();
const libraryVersion = await library.getModuleVersion();
let llama: Llama | undefined;
/** Whether `llama` was made with graphics: a process keeps its backend for life. */
let llamaUsesGraphics = false;
/** What llama.cpp complained of since the last request: the library's own errors do not say why. */
let complaints = "";
const MOST_COMPLAINT_CHARACTERS = 8000;
let loaded: Loaded | undefined;
const running = new Map<number, AbortController>();
const noModel: Failure = { code: "NO_MODEL_LOADED", data: {} };

/** The backend, made when first needed with the thread count of the settings: the library's own default is too high (stack.md 5.1). */
async function getLlama(maxThreads: number, useGraphics: boolean): Promise<Llama> {
    if (llama && llamaUsesGraphics !== useGraphics) throw new Error("another backend needs another process");
    llamaUsesGraphics = useGraphics;
    llama ??= await library.getLlama({
        build: "never",
        skipDownload: true,
        progressLogs: false,
        logLevel: library.LlamaLogLevel.error,
        logger: (_level, text) => {
            complaints = (complaints + text).slice(-MOST_COMPLAINT_CHARACTERS);
            process.stderr.write(text);
        },
        gpu: useGraphics && mayUseGraphics ? "auto" : false,
        maxThreads,
    });
    llama.maxThreads = maxThreads;
    return llama;
}

async function unload() {
    const previous = loaded;
    loaded = undefined;
    await previous?.model.dispose();
}

async function answer(message: ToEngine, signal: AbortSignal): Promise<void> {
    const { request } = message;
    switch (message.kind) {
        case "backends":
            post({
                kind: "backends",
                request,
                report: await reportBackends(await getLlama(1, message.useGraphics), libraryVersion),
            });
            return;
        case "load": {
            heartbeat.enter("loading");
            await unload();
            const begun = performance.now();
            const backend = await getLlama(message.settings.threads, message.useGraphics);
            loaded = await loadModel(backend, {
                filePath: message.filePath,
                settings: message.settings,
                onProgress: (share) => heartbeat.progress(share),
                signal,
            });
            const { settings, cacheFellBackFrom } = loaded;
            const milliseconds = performance.now() - begun;
            const engineBuild = buildName(backend);
            post({ kind: "loaded", request, milliseconds, settings, cacheFellBackFrom, engineBuild });
            return;
        }
        case "fit": {
            if (!loaded) return post({ kind: "failed", request, failure: noModel });
            const { context, countTurns } = loaded;
            heartbeat.enter("reading");
            const { turns, share } = message;
            const firstTurn = fitTurns(turns, context.contextSize * share, countTurns(turns));
            post({ kind: "fitted", request, firstTurn });
            return;
        }
        case "generate": {
            if (!loaded) return post({ kind: "failed", request, failure: noModel });
            heartbeat.enter("reading");
            const result = await generate(library, loaded, message.prompt, {
                signal,
                maxTokens: message.maxTokens,
                onReading: (tokensRead, tokensTotal) => {
                    heartbeat.progress(tokensRead / tokensTotal);
                    post({ kind: "reading", request, tokensRead, tokensTotal });
                },
                onWriting: () => heartbeat.enter("writing"),
                onText: (text, tokensWritten) => post({ kind: "text", request, text, tokensWritten }),
            });
            if ("failure" in result) post({ kind: "failed", request, failure: result.failure });
            else post({ kind: "generated", request, statistics: result });
            return;
        }
        case "probe-threads": {
            const { counts, milliseconds } = message;
            const onTurn = () => heartbeat.enter("idle");
            const rates =
                loaded && llama
                    ? await probeThreads(llama, loaded.model, { counts, milliseconds, signal, onTurn })
                    : [];
            post({ kind: "threads-probed", request, rates });
            return;
        }
        case "stop":
            return;
    }
}

/** What is no message of ours is dropped, and whoever waits for its answer is told. */
function refuse(data: unknown): void {
    const asked = Asked.safeParse(data);
    if (asked.success)
        post({
            kind: "failed",
            request: asked.data.request,
            failure: { code: "UNEXPECTED", data: { reference: "engine" } },
        });
}

/** One thing at a time; a stop overtakes what it stops. */
let queue = Promise.resolve();
port.on("message", ({ data }) => {
    const parsed = ToEngine.safeParse(data);
    if (!parsed.success) return refuse(data);
    const message = parsed.data;
    if (message.kind === "stop") {
        running.get(message.request)?.abort();
        return;
    }
    const controller = new AbortController();
    running.set(message.request, controller);
    queue = queue
        .then(() => {
            complaints = "";
            return answer(message, controller.signal);
        })
        .catch((error: unknown) => {
            const filePath = message.kind === "load" ? message.filePath : (loaded?.filePath ?? "");
            post({ kind: "failed", request: message.request, failure: translateError(error, filePath, complaints) });
        })
        .finally(() => {
            running.delete(message.request);
            heartbeat.enter("idle");
        });
});

post({ kind: "ready", libraryVersion });
heartbeat.enter("idle");
