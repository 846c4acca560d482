import type { AnswerStatistics } from "#shared/schema/answer.ts";
import type { Message } from "#shared/schema/chat.ts";
import type { Failure } from "#shared/schema/failure.ts";
import type { AnswerProgress, LiveAnswer, WritingPace } from "./answer-store.ts";

/** An answer as it is shown: what is stored, and over it what this window has followed since. */
export type SeenAnswer = {
    text: string;
    state: Message["state"];
    statistics: AnswerStatistics | null;
    failure: Failure | null;
    progress: AnswerProgress | null;
    pace: WritingPace | null;
    isLost: boolean;
};

export function seenAnswer(message: Message, live: LiveAnswer | undefined): SeenAnswer {
    const { statistics, failure } = message;
    const stored = {
        text: message.text,
        state: message.state,
        statistics,
        failure,
        progress: null,
        pace: null,
        isLost: false,
    };
    // Once it is stored as ended the store is right: another window may know more than this one has followed.
    if (!live || message.state !== "writing") return stored;
    const text = live.text.length >= message.text.length ? live.text : message.text;
    const { end, progress, pace, isLost } = live;
    switch (end?.kind) {
        case undefined:
            return { ...stored, text, progress, pace, isLost };
        case "done":
            return { ...stored, text, state: "complete", statistics: end.statistics };
        case "stopped":
            return { ...stored, text, state: "stopped", statistics: end.statistics };
        case "failed":
            return { ...stored, text, state: "failed", failure: end.failure };
    }
}
