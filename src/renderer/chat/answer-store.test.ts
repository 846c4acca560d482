import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { AnswerEvent } from "#shared/schema/answer.ts";
import type { Failure } from "#shared/schema/failure.ts";
import type { MessageId } from "#shared/schema/ids.ts";
import { createAnswerStore, type LiveAnswer } from "./answer-store.ts";

const id = "m1" as MessageId;
const done: AnswerEvent = { kind: "stopped", statistics: null };

/** A host that gives `whole` from the asked offset in pieces, and breaks the line as `script` says: pieces per try. */
function scriptedHost(whole: string, script: number[]) {
    const asked: number[] = [];
    const follow = async ({ fromOffset }: { fromOffset: number }) => {
        const pieces = script[asked.length] ?? Number.POSITIVE_INFINITY;
        asked.push(fromOffset);
        return (async function* (): AsyncGenerator<AnswerEvent> {
            let sent = 0;
            for (let offset = fromOffset; offset < whole.length; sent++) {
                if (sent >= pieces) throw new Error("the line broke");
                const text = whole.slice(offset, offset + 3);
                offset += text.length;
                yield { kind: "text", text, endOffset: offset, tokensWritten: null };
            }
            if (sent >= pieces) throw new Error("the line broke");
            yield done;
        })();
    };
    return { follow, asked };
}

async function untilEnd(store: ReturnType<typeof createAnswerStore>, seen: LiveAnswer[] = []): Promise<LiveAnswer> {
    return new Promise((resolve) => {
        store.subscribe(() => {
            const answer = store.read(id);
            if (answer) seen.push(answer);
            if (answer?.end) resolve(answer);
        });
    });
}

const settings = {
    toFailure: () => undefined,
    nextFrame: (publish: () => void) => queueMicrotask(publish),
    wait: async () => {},
};

describe("answer store", () => {
    test("however often the line breaks, nothing is lost and nothing doubled", async () => {
        await fc.assert(
            fc.asyncProperty(
                fc.string({ minLength: 1, unit: "binary" }),
                fc.array(fc.nat(4), { maxLength: 6 }),
                fc.nat(),
                async (whole, script, at) => {
                    const { follow } = scriptedHost(whole, script);
                    const store = createAnswerStore({ follow, ...settings });
                    const end = untilEnd(store);
                    store.follow(id, whole.slice(0, at % whole.length));
                    expect((await end).text).toBe(whole);
                },
            ),
            { numRuns: 60 },
        );
    });

    test("text already at hand is not asked for, an overlap is cut, a gap is asked for again", async () => {
        let tries = 0;
        const asked: number[] = [];
        const follow = async ({ fromOffset }: { fromOffset: number }) => {
            asked.push(fromOffset);
            const events: AnswerEvent[] =
                tries++ === 0
                    ? [
                          { kind: "text", text: "abcdef", endOffset: 6, tokensWritten: null },
                          { kind: "text", text: "xyz", endOffset: 20, tokensWritten: null },
                      ]
                    : [{ kind: "text", text: "ghi", endOffset: 9, tokensWritten: null }, done];
            return (async function* () {
                yield* events;
            })();
        };
        const store = createAnswerStore({ follow, ...settings });
        const end = untilEnd(store);
        store.follow(id, "abc");
        expect((await end).text).toBe("abcdefghi");
        expect(asked).toEqual([3, 6]);
    });

    test("publishes once per frame, and the end at once", async () => {
        const { follow } = scriptedHost("abcdefghijkl", []);
        const frames: (() => void)[] = [];
        const store = createAnswerStore({ ...settings, follow, nextFrame: (publish) => void frames.push(publish) });
        const seen: LiveAnswer[] = [];
        const end = untilEnd(store, seen);
        store.follow(id, "");
        await end;
        expect(frames).toHaveLength(1);
        expect(seen.map((answer) => answer.text)).toEqual(["abcdefghijkl"]);
    });

    test("says how fast it comes once a second was seen, and since when, only where it was there from the start", async () => {
        const paces = async (textSoFar: string) => {
            let milliseconds = 0;
            const follow = async () =>
                (async function* (): AsyncGenerator<AnswerEvent> {
                    for (const [at, tokensWritten] of [
                        [200, 1],
                        [700, 11],
                        [900, 15],
                        [1_700, 31],
                    ] as const) {
                        milliseconds = at;
                        yield { kind: "text", text: "a", endOffset: textSoFar.length + 1, tokensWritten };
                    }
                    yield done;
                })();
            const store = createAnswerStore({ ...settings, follow, now: () => milliseconds });
            const end = untilEnd(store);
            store.follow(id, textSoFar);
            return (await end).pace;
        };
        expect(await paces("")).toEqual({ tokensWritten: 31, tokensPerSecond: 20, elapsedMilliseconds: 1_700 });
        expect(await paces("so far")).toMatchObject({ tokensPerSecond: 20, elapsedMilliseconds: null });
    });

    test("a refused call ends it with its failure instead of trying for ever", async () => {
        const failure: Failure = { code: "MESSAGE_MISSING", data: {} };
        const follow = vi.fn(async () => Promise.reject(new Error("refused")));
        const store = createAnswerStore({ ...settings, follow, toFailure: () => failure });
        const end = untilEnd(store);
        store.follow(id, "");
        expect((await end).end).toEqual({ kind: "failed", failure });
        expect(follow).toHaveBeenCalledTimes(1);
    });

    test("a line that stays gone is said, and the pauses grow to 5 seconds", async () => {
        const waits: number[] = [];
        let lost = false;
        const store = createAnswerStore({
            ...settings,
            follow: async () => Promise.reject(new Error("no host")),
            wait: async (milliseconds) => {
                waits.push(milliseconds);
                if (waits.length === 8) leave();
            },
        });
        const said = new Promise<void>((resolve) => {
            store.subscribe(() => {
                lost ||= store.read(id)?.isLost ?? false;
                if (lost) resolve();
            });
        });
        const leave = store.follow(id, "");
        await said;
        await vi.waitFor(() => expect(waits).toEqual([200, 400, 800, 1600, 3200, 5000, 5000, 5000]));
    });

    test("leaving ends the following only", async () => {
        const signals: AbortSignal[] = [];
        const store = createAnswerStore({
            ...settings,
            follow: (_input, { signal }) => {
                signals.push(signal);
                return new Promise(() => {});
            },
        });
        const leave = store.follow(id, "");
        leave();
        expect(signals.map((signal) => signal.aborted)).toEqual([true]);
        expect(store.read(id)).toBeUndefined();
    });
});
