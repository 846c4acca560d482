import { chatWords } from "../words/chat.ts";
import { FailureNote } from "./FailureNote.tsx";
import { Note } from "./Note.tsx";
import type { SeenAnswer } from "./seen-answer.ts";

type Props = { answer: SeenAnswer; question: string; onAsk: (text: string) => void };

/** Why an answer ends where it does, if not by itself, and the way on. */
export function AnswerEndNote({ answer, question, onAsk }: Props) {
    const onAskAgain = () => onAsk(question);
    if (answer.failure) return <FailureNote failure={answer.failure} question={question} onAgain={onAskAgain} />;
    const again = { button: chatWords.askAgain, onPress: onAskAgain };
    switch (answer.state) {
        case "failed":
        case "cut":
            return <Note kind="cut" sentence={chatWords.cut} {...again} />;
        case "stopped":
            return <Note kind="stopped" sentence={chatWords.stopped} {...again} />;
        case "writing":
            return null;
        case "complete":
            return answer.statistics?.stopReason === "length" ? (
                <Note
                    kind="stopped"
                    sentence={chatWords.lengthLimit}
                    button={chatWords.goOn}
                    onPress={() => onAsk(chatWords.goOnPrompt)}
                />
            ) : null;
    }
}
