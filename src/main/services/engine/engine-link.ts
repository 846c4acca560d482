import type { ExitCause, Failure, Phase } from "#shared/schema/failure.ts";
import { Failed } from "#shared/schema/failure.ts";
import { FromEngine, type ToEngine } from "../../engine/messages.ts";
import type { ChildProcess } from "../../shell.ts";
import { PHASE_DEADLINES } from "./deadlines.ts";
import { judgeExit } from "./exit-reason.ts";
import { watchOutOfMemoryKills } from "./out-of-memory.ts";

type Request = { onMessage: (message: FromEngine) => void; fail: (failure: Failure) => void };
type Send = ToEngine extends infer Message
    ? Message extends { request: number }
        ? Omit<Message, "request">
        : never
    : never;

/** One life of the engine process: requests in, messages out, and how it ended. */
export type EngineLink = {
    pid: number | undefined;
    phase(): Phase;
    /** Resolves when the process has shaken hands; rejects with ENGINE_DIED otherwise. */
    ready: Promise<void>;
    /** Resolves once, when the process is gone. */
    ended: Promise<void>;
    /** Sends, and resolves with the first message `finish` accepts. Rejects with Failed. */
    request<Result>(
        message: Send,
        finish: (message: FromEngine) => Result | undefined,
    ): { id: number; result: Promise<Result> };
    stop(id: number): void;
    /** Ends a process that did not heed a stop for so long. */
    endSilent(milliseconds: number): void;
    /** Ends the process; its end then counts as asked for. */
    end(): Promise<void>;
};

/**
 * Watches a fresh engine process. `onAlive` hears each change of phase and progress; `onEnded` hears its end before any
 * request is told, and returns how many deaths that makes. Silence is judged by the deadline of the phase; a process that misses it is killed.
 */
export function watchEngine(
    child: ChildProcess,
    options: {
        onAlive: (phase: Phase, progress: number | null) => void;
        onEnded: (cause: ExitCause, phase: Phase) => number;
        deadlines?: Record<Phase, number>;
    },
): EngineLink {
    const deadlines = options.deadlines ?? PHASE_DEADLINES;
    const requests = new Map<number, Request>();
    let nextRequest = 1;
    let phase: Phase = "starting";
    let cause: ExitCause | undefined;
    let timer: NodeJS.Timeout | undefined;
    let death: Failure | undefined;

    const endSilent = (milliseconds: number) => {
        cause ??= { kind: "silent", phase, milliseconds };
        child.kill();
    };
    const putOff = () => {
        clearTimeout(timer);
        // A process that was stopped while idle would never say that it has begun what it was asked.
        const milliseconds = phase === "idle" && requests.size > 0 ? deadlines.reading : deadlines[phase];
        if (!Number.isFinite(milliseconds)) return;
        timer = setTimeout(() => endSilent(milliseconds), milliseconds);
        timer.unref();
    };

    const shaken = Promise.withResolvers<void>();
    const countKills = watchOutOfMemoryKills();
    const ended = child.exited.then((exit) => {
        clearTimeout(timer);
        const evidence = { logTail: child.readLogTail(), outOfMemoryKills: countKills() };
        const why = cause ?? { kind: "ended" as const, ...exit, ...judgeExit(exit, evidence) };
        const failure: Failure = {
            code: "ENGINE_DIED",
            data: { cause: why, phase, deathsInARow: options.onEnded(why, phase) },
        };
        death = failure;
        shaken.reject(new Failed(failure));
        for (const request of requests.values()) request.fail(failure);
        requests.clear();
    });
    shaken.promise.catch(() => undefined);

    child.port.on("message", ({ data }) => {
        const parsed = FromEngine.safeParse(data);
        if (!parsed.success) return;
        const message = parsed.data;
        switch (message.kind) {
            case "alive":
                phase = message.phase;
                options.onAlive(phase, message.progress);
                break;
            case "ready":
                shaken.resolve();
                break;
            case "failed":
                requests.get(message.request)?.fail(message.failure);
                requests.delete(message.request);
                break;
            case "backends":
            case "loaded":
            case "fitted":
            case "reading":
            case "text":
            case "generated":
            case "threads-probed":
                requests.get(message.request)?.onMessage(message);
        }
        if (death === undefined) putOff();
    });
    putOff();

    return {
        get pid() {
            return child.pid;
        },
        phase: () => phase,
        ready: shaken.promise,
        ended,
        request(message, finish) {
            const id = nextRequest++;
            type Result = Exclude<ReturnType<typeof finish>, undefined>;
            const { promise: result, resolve, reject } = Promise.withResolvers<Result>();
            const fail = (failure: Failure) => reject(new Failed(failure));
            requests.set(id, {
                onMessage: (received) => {
                    const finished = finish(received);
                    if (finished === undefined) return;
                    requests.delete(id);
                    resolve(finished as Result);
                },
                fail,
            });
            if (death) fail(death);
            else {
                child.port.postMessage({ ...message, request: id });
                putOff();
            }
            return { id, result };
        },
        stop: (id) => child.port.postMessage({ kind: "stop", request: id }),
        endSilent,
        async end() {
            cause ??= { kind: "asked" };
            child.kill();
            await ended;
        },
    };
}
