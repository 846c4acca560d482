import type { AnswerEvent } from "#shared/schema/answer.ts";
import type { Failure } from "#shared/schema/failure.ts";
import type { MessageId } from "#shared/schema/ids.ts";

export type AnswerEnd = Extract<AnswerEvent, { kind: "done" | "stopped" | "failed" }>;
type Loading = Extract<AnswerEvent, { kind: "loading" }>;
type Reading = Extract<AnswerEvent, { kind: "reading" }>;
/** Null: nothing to reckon from yet. */
export type AnswerProgress = Loading | (Reading & { millisecondsLeft: number | null });

/** How an answer is coming on, as this window saw it. */
export type WritingPace = {
    tokensWritten: number;
    /** Null in the first second, which is too short for a figure. */
    tokensPerSecond: number | null;
    /** Since it was asked; null where this window came later. */
    elapsedMilliseconds: number | null;
};

/** An answer while this window follows it. */
export type LiveAnswer = {
    text: string;
    /** Loading or reading; null once text comes. */
    progress: AnswerProgress | null;
    /** Null until enough was seen to say. */
    pace: WritingPace | null;
    /** The line to the host is gone, and it is being tried again. */
    isLost: boolean;
    /** Once, and last. */
    end: AnswerEnd | null;
};

type Follow = (
    input: { messageId: MessageId; fromOffset: number },
    options: { signal: AbortSignal },
) => Promise<AsyncIterable<AnswerEvent>>;

export type AnswerStore = {
    /** Follows an answer from the text already at hand to its end. Call the result to leave; the answer goes on. */
    follow: (messageId: MessageId, textSoFar: string) => () => void;
    /** What was last published; the same object until it changes. */
    read: (messageId: MessageId) => LiveAnswer | undefined;
    subscribe: (listener: () => void) => () => void;
};

const FIRST_WAIT_MILLISECONDS = 200;
const LONGEST_WAIT_MILLISECONDS = 5_000;
/** Tries before a lost line is said: a socket that closes for being full is back at once. */
const QUIET_TRIES = 1;
/** Live figures change at most twice a second. */
const PACE_MILLISECONDS = 500;
/** A rate over less than this would jump about. */
const LEAST_PACE_MILLISECONDS = 1_000;

/**
 * The answers this window follows. Text is gathered as it comes and published once per frame; a lost connection is
 * opened again from the offset reached, so nothing is lost or doubled. `toFailure` reads a refused call, for which
 * trying again would not help.
 */
export function createAnswerStore({
    follow,
    toFailure,
    now = () => performance.now(),
    nextFrame = (publish) => void requestAnimationFrame(publish),
    wait = waitMilliseconds,
}: {
    follow: Follow;
    /** Undefined: the line broke. */
    toFailure: (error: unknown) => Failure | undefined;
    now?: () => number;
    nextFrame?: (publish: () => void) => void;
    wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}): AnswerStore {
    const published = new Map<MessageId, LiveAnswer>();
    const listeners = new Set<() => void>();

    const publish = (messageId: MessageId, answer: LiveAnswer) => {
        published.set(messageId, answer);
        for (const listener of listeners) listener();
    };

    const run = async (messageId: MessageId, textSoFar: string, signal: AbortSignal): Promise<void> => {
        const known = published.get(messageId);
        const answer: LiveAnswer = known && known.text.length >= textSoFar.length ? { ...known } : fresh(textSoFar);
        if (answer.end) return;
        const watch = { timeLeft: createTimeLeft(now), pace: createPace(now, textSoFar === "" && !known) };
        let isDue = false;
        const publishSoon = () => {
            if (isDue) return;
            isDue = true;
            nextFrame(() => {
                isDue = false;
                if (!signal.aborted) publish(messageId, { ...answer });
            });
        };
        for (let tries = 0; !signal.aborted; tries++) {
            try {
                for await (const event of await follow({ messageId, fromOffset: answer.text.length }, { signal })) {
                    tries = 0;
                    take(answer, event, watch);
                    if (answer.end) return publish(messageId, { ...answer });
                    publishSoon();
                }
            } catch (error) {
                if (signal.aborted) return;
                const failure = toFailure(error);
                if (failure) {
                    answer.end = { kind: "failed", failure };
                    return publish(messageId, { ...answer });
                }
            }
            if (tries >= QUIET_TRIES) answer.isLost = true;
            publishSoon();
            await wait(Math.min(FIRST_WAIT_MILLISECONDS * 2 ** tries, LONGEST_WAIT_MILLISECONDS), signal);
        }
    };

    return {
        follow(messageId, textSoFar) {
            const leaving = new AbortController();
            void run(messageId, textSoFar, leaving.signal);
            return () => leaving.abort();
        },
        read: (messageId) => published.get(messageId),
        subscribe(listener) {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
    };
}

type Watch = { timeLeft: (reading: Reading) => number | null; pace: (tokensWritten: number) => WritingPace };

const fresh = (text: string): LiveAnswer => ({ text, progress: null, pace: null, isLost: false, end: null });

/** Takes one event in. Throws where text is missing before it, so that it is followed again from what is there. */
function take(answer: LiveAnswer, event: AnswerEvent, watch: Watch): void {
    answer.isLost = false;
    switch (event.kind) {
        case "loading":
            answer.progress = event;
            return;
        case "reading":
            answer.progress = { ...event, millisecondsLeft: watch.timeLeft(event) };
            return;
        case "text": {
            const start = event.endOffset - event.text.length;
            if (start > answer.text.length) throw new Error("text is missing before this event");
            answer.text += event.text.slice(answer.text.length - start);
            answer.progress = null;
            if (event.tokensWritten !== null) answer.pace = watch.pace(event.tokensWritten);
            return;
        }
        case "done":
        case "stopped":
        case "failed":
            answer.progress = null;
            answer.end = event;
    }
}

/** The pace of writing, renewed at most twice a second. `isFromStart`: this window was there when it was asked. */
function createPace(now: () => number, isFromStart: boolean): (tokensWritten: number) => WritingPace {
    const begun = now();
    let first: { tokensWritten: number; at: number } | undefined;
    let shown: { pace: WritingPace; at: number } | undefined;
    return (tokensWritten) => {
        const at = now();
        first ??= { tokensWritten, at };
        if (shown && at - shown.at < PACE_MILLISECONDS) return shown.pace;
        const milliseconds = at - first.at;
        const pace = {
            tokensWritten,
            tokensPerSecond:
                milliseconds >= LEAST_PACE_MILLISECONDS
                    ? ((tokensWritten - first.tokensWritten) * 1000) / milliseconds
                    : null,
            elapsedMilliseconds: isFromStart ? at - begun : null,
        };
        shown = { pace, at };
        return pace;
    };
}

/** Milliseconds until the prompt is read, at the pace since the first report. */
function createTimeLeft(now: () => number): (reading: Reading) => number | null {
    let first: { tokensRead: number; at: number } | undefined;
    return ({ tokensRead, tokensTotal }) => {
        first ??= { tokensRead, at: now() };
        const read = tokensRead - first.tokensRead;
        return read > 0 ? ((now() - first.at) / read) * (tokensTotal - tokensRead) : null;
    };
}

function waitMilliseconds(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
    });
}
