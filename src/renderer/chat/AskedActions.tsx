import { Pencil, RotateCw } from "lucide-react";
import { useContext } from "react";
import { chatWords } from "../words/chat.ts";
import { RoomActionsContext } from "./room-actions.ts";
import styles from "./Message.module.css";

type Props = {
    question: string;
    /** Null where the note under the answer has that button. */
    onAgain: ((text: string) => void) | null;
};

/** Under the last answer: its question once more, as it was or changed. */
export function AskedActions({ question, onAgain }: Props) {
    const { edit } = useContext(RoomActionsContext);
    const actions = [
        ...(onAgain ? [{ words: chatWords.askAgain, Icon: RotateCw, run: () => onAgain(question) }] : []),
        { words: chatWords.editQuestion, Icon: Pencil, run: () => edit(question) },
    ];
    return actions.map(({ words, Icon, run }) => (
        <button key={words} type="button" className={styles.action} aria-label={words} title={words} onClick={run}>
            <Icon aria-hidden="true" size={15} strokeWidth={1.6} />
        </button>
    ));
}
