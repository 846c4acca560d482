import type { AnswerEvent } from "#shared/schema/answer.ts";

/** A running answer as its followers see it: the whole text so far, the newest progress, and, once, its end. */
export type AnswerLog = {
    text(): string;
    /** `tokensWritten`: of the whole answer, with this text. */
    append(text: string, tokensWritten: number): void;
    /** Loading or reading: only the newest is kept. */
    report(progress: Extract<AnswerEvent, { kind: "loading" | "reading" }>): void;
    finish(end: Extract<AnswerEvent, { kind: "done" | "stopped" | "failed" }>): void;
    /** From an offset (UTF-16 units) to the end. What a slow follower missed is merged into one text event. */
    follow(fromOffset: number, signal: AbortSignal | undefined): AsyncGenerator<AnswerEvent, void>;
};

export function createAnswerLog(initialText = ""): AnswerLog {
    let text = initialText;
    let tokensWritten: number | null = null;
    let progress: AnswerEvent | undefined;
    let end: AnswerEvent | undefined;
    let wakes: (() => void)[] = [];
    const wakeAll = () => {
        const waiting = wakes;
        wakes = [];
        for (const wake of waiting) wake();
    };
    return {
        text: () => text,
        append(added, tokens) {
            text += added;
            tokensWritten = tokens;
            progress = undefined;
            wakeAll();
        },
        report(next) {
            progress = next;
            wakeAll();
        },
        finish(next) {
            end ??= next;
            wakeAll();
        },
        async *follow(fromOffset, signal) {
            let offset = Math.min(fromOffset, text.length);
            let told: AnswerEvent | undefined;
            signal?.addEventListener("abort", wakeAll);
            try {
                while (!signal?.aborted) {
                    if (offset < text.length) {
                        const added = text.slice(offset);
                        offset = text.length;
                        yield { kind: "text", text: added, endOffset: offset, tokensWritten };
                    } else if (end) {
                        yield end;
                        return;
                    } else if (progress && progress !== told) {
                        told = progress;
                        yield progress;
                    } else await new Promise<void>((resolve) => wakes.push(resolve));
                }
            } finally {
                signal?.removeEventListener("abort", wakeAll);
            }
        },
    };
}
