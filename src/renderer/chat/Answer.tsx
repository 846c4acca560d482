import type { Message } from "#shared/schema/chat.ts";
import { Markdown } from "../ui/Markdown.tsx";
import { chatWords } from "../words/chat.ts";
import { AskedActions } from "./AskedActions.tsx";
import { AnswerEndNote } from "./AnswerEndNote.tsx";
import { AnswerStats } from "./AnswerStats.tsx";
import { useLiveAnswer } from "./answers-context.ts";
import { Calibrated } from "./Calibrated.tsx";
import { CopyButton } from "./CopyButton.tsx";
import { seenAnswer } from "./seen-answer.ts";
import { WritingLine } from "./WritingLine.tsx";
import styles from "./Message.module.css";

type Props = {
    message: Message;
    isLast: boolean;
    /** Likely in view when the chat is opened. */
    isNear: boolean;
    onAsk: (text: string) => void;
    question: string;
};

/** What a model wrote, plain on the page, with its state, its figures and what can be done with it. */
export function Answer({ message, isLast, isNear, question, onAsk }: Props) {
    const answer = seenAnswer(message, useLiveAnswer(message.id));
    const isWriting = answer.state === "writing";
    return (
        <article
            className={styles.answer}
            tabIndex={-1}
            aria-label={chatWords.model(message.modelName)}
            data-state={answer.state}
            data-last={isLast || undefined}
        >
            {answer.text === "" ? null : (
                <div dir="auto">
                    <Markdown text={answer.text} isWriting={isWriting} isNear={isNear} />
                </div>
            )}
            {isWriting ? <WritingLine answer={answer} predicted={message.predicted} /> : null}
            {isWriting ? null : <AnswerEndNote answer={answer} question={question} onAsk={onAsk} />}
            {isWriting || answer.text === "" ? null : (
                <div className={styles.meta}>
                    <CopyButton text={answer.text} />
                    {isLast ? (
                        <AskedActions question={question} onAgain={answer.state === "complete" ? onAsk : null} />
                    ) : null}
                    {answer.statistics ? (
                        <AnswerStats statistics={answer.statistics} predicted={message.predicted} />
                    ) : null}
                </div>
            )}
            {isLast && answer.statistics && message.predicted && !isWriting ? (
                <Calibrated statistics={answer.statistics} predicted={message.predicted} modelId={message.modelId} />
            ) : null}
        </article>
    );
}
