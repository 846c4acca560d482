import { useContext, useState } from "react";
import type { Failure } from "#shared/schema/failure.ts";
import { failureWords } from "../app/failures.ts";
import { Note } from "./Note.tsx";
import { RoomActionsContext } from "./room-actions.ts";

type Props = { failure: Failure; question: string; onAgain: () => void };

/** A failure in Hearth's words. Its button does what it says; `question` is what had been asked. */
export function FailureNote({ failure, question, onAgain }: Props) {
    const actions = useContext(RoomActionsContext);
    const [isHidden, setIsHidden] = useState(false);
    const { sentence, button, action } = failureWords(failure);
    const onPress = () => {
        // Loading as before would end as before.
        if (failure.code === "ENGINE_GAVE_UP")
            return failure.data.smaller ? actions.loadSmaller(onAgain) : actions.chooseModel();
        switch (action) {
            case "again":
            case "scan":
                return onAgain();
            case "choose-file":
            case "load-model":
                return actions.chooseModel();
            case "show-chats":
                return actions.openAnother();
            case "edit-text":
                return actions.edit(question);
            case "dismiss":
                return setIsHidden(true);
        }
    };
    return isHidden ? null : <Note kind="failed" sentence={sentence} button={button} onPress={onPress} />;
}
