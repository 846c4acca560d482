import { FromInspector, type ToInspector } from "../../inspector/messages.ts";
import type { ChildProcess, ProcessExit } from "../../shell.ts";

type WithoutRequest<Message> = Message extends { request: number } ? Omit<Message, "request"> : never;
type Question = WithoutRequest<Exclude<ToInspector, { kind: "stop" }>>;

/** What becomes of a question. `late`: it was ended for it; `ended`: it ended itself, or was killed by the system. */
export type Outcome<Reply> =
    | { kind: "reply"; reply: Reply }
    | { kind: "late"; milliseconds: number }
    | { kind: "ended"; exit: ProcessExit; logTail: string }
    | { kind: "stopped" };

/** An inspector process that is started when first needed, ended when it is late, and started again. */
export type InspectorProcess = {
    /**
     * Asks one question at a time; others wait. Time counts from the sending, for a fresh process by `start`, and again
     * from its word that it has begun. All in milliseconds.
     */
    ask<Reply>(
        question: Question,
        accept: (message: FromInspector) => Reply | undefined,
        limits: { start: number; answer: number; signal?: AbortSignal | undefined; killOnAbort?: boolean },
    ): Promise<Outcome<Reply>>;
    /** Ends the process; questions that wait are stopped. The next question starts another. */
    end(): void;
};

export function createInspectorProcess(spawn: () => ChildProcess): InspectorProcess {
    let child: ChildProcess | undefined;
    let hasAnswered = false;
    let nextRequest = 1;
    let listener: ((message: FromInspector) => void) | undefined;
    let finish: ((outcome: Exclude<Outcome<never>, { kind: "reply" }>) => void) | undefined;
    /** One at a time on this side too, so that each question has its whole time to itself. */
    let queue: Promise<unknown> = Promise.resolve();

    const start = (): ChildProcess => {
        const started = spawn();
        started.port.on("message", ({ data }) => {
            const parsed = FromInspector.safeParse(data);
            if (!parsed.success) return;
            hasAnswered = true;
            if (child === started) listener?.(parsed.data);
        });
        void started.exited.then((exit) => {
            if (child !== started) return;
            child = undefined;
            hasAnswered = false;
            finish?.({ kind: "ended", exit, logTail: started.readLogTail() });
        });
        return started;
    };
    const end = () => {
        const ending = child;
        child = undefined;
        hasAnswered = false;
        ending?.kill();
    };

    const askNow: InspectorProcess["ask"] = async (
        question,
        accept,
        { start: startLimit, answer, signal, killOnAbort },
    ) => {
        if (signal?.aborted) return { kind: "stopped" };
        try {
            child ??= start();
        } catch {
            return { kind: "ended", exit: { exitCode: null, signal: null }, logTail: "it did not start" };
        }
        const used = child;
        const request = nextRequest++;
        const { promise, resolve } = Promise.withResolvers<Outcome<NonNullable<ReturnType<typeof accept>>>>();
        finish = resolve;
        let timer: NodeJS.Timeout | undefined;
        const limit = (milliseconds: number) => {
            clearTimeout(timer);
            timer = setTimeout(() => {
                end();
                resolve({ kind: "late", milliseconds });
            }, milliseconds);
        };
        const stop = () => {
            if (!killOnAbort) return used.port.postMessage({ kind: "stop", request });
            end();
            resolve({ kind: "stopped" });
        };
        signal?.addEventListener("abort", stop, { once: true });
        listener = (message) => {
            if (message.request !== request) return;
            if (message.kind === "begun") limit(answer);
            const reply = accept(message);
            if (reply !== undefined && reply !== null) resolve({ kind: "reply", reply });
        };
        limit(hasAnswered ? answer : Math.max(startLimit, answer));
        used.port.postMessage({ ...question, request });
        try {
            return await promise;
        } finally {
            clearTimeout(timer);
            listener = undefined;
            finish = undefined;
            signal?.removeEventListener("abort", stop);
        }
    };

    return {
        ask(question, accept, limits) {
            const result = queue.then(() => askNow(question, accept, limits));
            queue = result;
            return result;
        },
        end() {
            end();
            finish?.({ kind: "stopped" });
        },
    };
}
