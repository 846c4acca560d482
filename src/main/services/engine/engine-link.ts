import type { ExitCause, Failure, Phase } from "#shared/schema/failure.ts";
import { Failed } from "#shared/schema/failure.ts";
import { FromEngine, type ToEngine } from "../../engine/messages.ts";
import type { ChildProcess } from "../../shell.ts";
import { PHASE_DEADLINES } from "./deadlines.ts";

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
    /** Resolves once, when the process is gone, with why. */
    ended: Promise<{ cause: ExitCause; phase: Phase }>;
    /** Sends, and resolves with the first message `finish` accepts. Rejects with Failed. */
    request<Result>(
        message: Send,
        finish: (message: FromEngine) => Result | undefined,
    ): { id: number; result: Promise<Result> };
    stop(id: number): void;
    /** Ends the process; its end then counts as asked for. */
    end(): Promise<void>;
};

/**
 * Watches a fresh engine process. `onAlive` hears each change of phase and progress.
 * Silence is judged by the deadline of the phase; a process that misses it is killed.
 */
export function watchEngine(
    child: ChildProcess,
    options: {
        onAlive: (phase: Phase, progress: number | null) => void;
        countDeaths: () => number;
        deadlines?: Record<Phase, number>;
    },
): EngineLink {
    const deadlines = options.deadlines ?? PHASE_DEADLINES;
    const requests = new Map<number, Request>();
    let nextRequest = 1;
    let phase: Phase = "starting";
    let cause: ExitCause | undefined;
    let timer: NodeJS.Timeout | undefined;

    const putOff = () => {
        clearTimeout(timer);
        const milliseconds = deadlines[phase];
        if (!Number.isFinite(milliseconds)) return;
        timer = setTimeout(() => {
            cause = { kind: "silent", phase, milliseconds };
            child.kill();
        }, milliseconds);
        timer.unref();
    };

    const shaken = Promise.withResolvers<void>();
    const ended = child.exited.then(({ exitCode, signal }) => {
        clearTimeout(timer);
        const why = cause ?? { kind: "ended" as const, exitCode, signal };
        const failure: Failure = {
            code: "ENGINE_DIED",
            data: { cause: why, phase, deathsInARow: options.countDeaths() },
        };
        shaken.reject(new Failed(failure));
        for (const request of requests.values()) request.fail(failure);
        requests.clear();
        return { cause: why, phase };
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
            default:
                requests.get(message.request)?.onMessage(message);
        }
        putOff();
    });
    putOff();

    return {
        pid: child.pid,
        phase: () => phase,
        ready: shaken.promise,
        ended,
        request(message, finish) {
            const id = nextRequest++;
            type Result = Exclude<ReturnType<typeof finish>, undefined>;
            const result = new Promise<Result>((resolve, reject) => {
                requests.set(id, {
                    onMessage: (received) => {
                        const finished = finish(received);
                        if (finished === undefined) return;
                        requests.delete(id);
                        resolve(finished as Result);
                    },
                    fail: (failure) => reject(new Failed(failure)),
                });
            });
            if (cause === undefined) child.port.postMessage({ ...message, request: id });
            return { id, result };
        },
        stop: (id) => child.port.postMessage({ kind: "stop", request: id }),
        async end() {
            cause ??= { kind: "asked" };
            child.kill();
            await ended;
        },
    };
}
