import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { words } from "../words/words.ts";
import { type FailureAction, failureWords, toFailure } from "./failures.ts";

type FailureNoticeProps = { error: unknown; onAct: (action: FailureAction) => void };

/** Why a call did not do what was asked, and its one button. */
export function FailureNotice({ error, onAct }: FailureNoticeProps) {
    const failure = toFailure(error);
    const said = failure ? failureWords(failure) : { ...words.lost, action: "again" as const };
    return (
        <Notice kind="no" action={<Button onPress={() => onAct(said.action)}>{said.button}</Button>}>
            {said.sentence}
        </Notice>
    );
}
