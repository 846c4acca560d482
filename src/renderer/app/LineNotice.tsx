import { useState } from "react";
import { Button } from "../ui/Button.tsx";
import { copyText } from "../ui/copy-text.ts";
import { words } from "../words/words.ts";
import type { ConnectionStatus } from "./connect.ts";
import styles from "./LineNotice.module.css";

const COMMAND = "npx hearth link";

/** Why nothing moves: the host is gone, or it no longer knows this page. Nothing while all is well. */
export function LineNotice({ line }: { line: ConnectionStatus }) {
    const [isCopied, setIsCopied] = useState(false);
    if (line === "lost")
        return (
            <div className={styles.lost} role="alert">
                <strong>{words.frame.gone}</strong> <span>{words.frame.reconnecting}</span>
            </div>
        );
    if (line !== "locked") return null;
    const { before, after } = words.frame.unlock;
    return (
        <div className={styles.lost} role="alert">
            <p>
                <strong>{words.frame.locked}</strong>{" "}
                <span>
                    {before} <code>{COMMAND}</code> {after}
                </span>
            </p>
            <Button size="small" onPress={() => void copyText(COMMAND).then(setIsCopied)}>
                {isCopied ? words.frame.commandCopied : words.frame.copyCommand}
            </Button>
        </div>
    );
}
