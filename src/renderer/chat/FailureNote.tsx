import type { Failure } from "#shared/schema/failure.ts";
import { failureWords } from "../app/failures.ts";
import { Note } from "./Note.tsx";

/** A failure in Hearth's words. */
export function FailureNote({ failure, onAgain }: { failure: Failure; onAgain: () => void }) {
    const { sentence, button } = failureWords(failure);
    return <Note kind="failed" sentence={sentence} button={button} onPress={onAgain} />;
}
