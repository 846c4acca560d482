import { ArrowDown } from "lucide-react";
import { useRef } from "react";
import type { Message } from "#shared/schema/chat.ts";
import { SCROLLABLE } from "../ui/scrollable.ts";
import { chatWords } from "../words/chat.ts";
import { Answer } from "./Answer.tsx";
import { TRANSCRIPT_ID } from "./transcript-keys.ts";
import { Question } from "./Question.tsx";
import { useFollowScroll } from "./use-follow-scroll.ts";
import styles from "./Chat.module.css";

type Props = {
    messages: Message[];
    isWriting: boolean;
    onAsk: (text: string) => void;
};

/** The messages. Not live for a screen reader (Speaker is); the end stays in view while the reader is there. */
export function Transcript({ messages, isWriting, onAsk }: Props) {
    const scroller = useRef<HTMLDivElement>(null);
    const column = useRef<HTMLDivElement>(null);
    const { isAway, toNewest } = useFollowScroll(scroller, column);
    const lastId = messages.at(-1)?.id;
    const firstNear = findFirstNear(messages);
    return (
        <div className={styles.view}>
            <div
                ref={scroller}
                id={TRANSCRIPT_ID}
                className={styles.scroll}
                role="log"
                aria-live="off"
                aria-busy={isWriting}
                aria-label={chatWords.transcript}
                tabIndex={SCROLLABLE}
            >
                <h2 className={styles.spoken}>{chatWords.transcript}</h2>
                <div ref={column} className={styles.column}>
                    {messages.map((message, index) =>
                        message.role === "user" ? (
                            <Question key={message.id} text={message.text} />
                        ) : (
                            <Answer
                                key={message.id}
                                message={message}
                                isLast={message.id === lastId}
                                isNear={index >= firstNear}
                                onAsk={onAsk}
                                question={questionBefore(messages, index)}
                            />
                        ),
                    )}
                </div>
            </div>
            {isAway ? (
                <button type="button" className={styles.newest} onClick={toNewest}>
                    <ArrowDown aria-hidden="true" size={15} strokeWidth={1.6} />
                    {chatWords.toNewest}
                </button>
            ) : null}
        </div>
    );
}

/** Characters of a few screens, which are read before a chat is first painted. */
const NEAR_CHARACTERS = 6_000;

function findFirstNear(messages: Message[]): number {
    let characters = 0;
    return messages.findLastIndex(({ text }) => (characters += text.length) >= NEAR_CHARACTERS);
}

function questionBefore(messages: Message[], index: number): string {
    return messages.slice(0, index).findLast(({ role }) => role === "user")?.text ?? "";
}
