import fc from "fast-check";
import { expect, it } from "vitest";
import type { AnswerEvent } from "#shared/schema/answer.ts";
import { createAnswerLog } from "./answer-log.ts";

const end: AnswerEvent = { kind: "stopped", statistics: null };

async function readAll(stream: AsyncIterable<AnswerEvent>): Promise<AnswerEvent[]> {
    const events: AnswerEvent[] = [];
    for await (const event of stream) events.push(event);
    return events;
}

it("gives a follower from any offset exactly the rest, in order, and one end", async () => {
    await fc.assert(
        fc.asyncProperty(fc.array(fc.string()), fc.nat(60), fc.nat(12), async (pieces, fromOffset, early) => {
            const log = createAnswerLog();
            for (const piece of pieces.slice(0, early)) log.append(piece, 1);
            const offset = Math.min(fromOffset, log.text().length);
            const reading = readAll(log.follow(fromOffset, undefined));
            for (const piece of pieces.slice(early)) {
                log.append(piece, 1);
                await Promise.resolve();
            }
            log.finish({ kind: "stopped", statistics: null });
            const events = await reading;
            const texts = events.flatMap((event) => (event.kind === "text" ? [event] : []));
            expect(texts.map(({ text }) => text).join("")).toBe(pieces.join("").slice(offset));
            expect(events.filter(({ kind }) => kind === "stopped")).toEqual([end]);
            expect(events.at(-1)).toEqual(end);
        }),
    );
});

it("merges what a slow follower missed", async () => {
    const log = createAnswerLog();
    const stream = log.follow(0, undefined);
    log.append("one ", 1);
    expect((await stream.next()).value).toEqual({ kind: "text", text: "one ", endOffset: 4, tokensWritten: 1 });
    for (const [index, piece] of ["two ", "three ", "four"].entries()) log.append(piece, index + 2);
    expect((await stream.next()).value).toEqual({
        kind: "text",
        text: "two three four",
        endOffset: 18,
        tokensWritten: 4,
    });
});

it("ends a following that is given up, and only that", async () => {
    const log = createAnswerLog();
    const leaving = new AbortController();
    const left = readAll(log.follow(0, leaving.signal));
    const stayed = readAll(log.follow(0, undefined));
    leaving.abort();
    expect(await left).toEqual([]);
    log.append("on", 1);
    log.finish({ kind: "stopped", statistics: null });
    expect(await stayed).toEqual([{ kind: "text", text: "on", endOffset: 2, tokensWritten: 1 }, end]);
});
