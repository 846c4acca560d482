import { createContext, useContext, useSyncExternalStore } from "react";
import type { MessageId } from "#shared/schema/ids.ts";
import type { AnswerStore, LiveAnswer } from "./answer-store.ts";

export const AnswersContext = createContext<AnswerStore | undefined>(undefined);

export function useAnswers(): AnswerStore {
    const answers = useContext(AnswersContext);
    if (!answers) throw new Error("useAnswers needs an AnswersContext above it");
    return answers;
}

/** The answer as this window follows it; undefined where it does not. Renders once per frame at most. */
export function useLiveAnswer(messageId: MessageId): LiveAnswer | undefined {
    const answers = useAnswers();
    return useSyncExternalStore(answers.subscribe, () => answers.read(messageId));
}

/** True once a followed answer has ended; changes once, so that a long answer does not render what only asks this. */
export function useHasEnded(messageId: MessageId | undefined): boolean {
    const answers = useAnswers();
    return useSyncExternalStore(
        answers.subscribe,
        () => messageId !== undefined && Boolean(answers.read(messageId)?.end),
    );
}
