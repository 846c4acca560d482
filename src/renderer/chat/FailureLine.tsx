import { toFailure } from "../app/failures.ts";
import { chatWords } from "../words/chat.ts";
import { FailureNote } from "./FailureNote.tsx";
import { Note } from "./Note.tsx";

/** Why something the reader asked for did not happen, with the way on. */
export function FailureLine({
    error,
    question = "",
    onAgain,
}: {
    error: unknown;
    question?: string;
    onAgain: () => void;
}) {
    const failure = toFailure(error);
    return (
        <div role="alert">
            {failure ? (
                <FailureNote failure={failure} question={question} onAgain={onAgain} />
            ) : (
                <Note kind="failed" sentence={chatWords.lost} button={chatWords.tryAgain} onPress={onAgain} />
            )}
        </div>
    );
}
