import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { copyText } from "../ui/copy-text.ts";
import { chatWords } from "../words/chat.ts";
import styles from "./Message.module.css";

/** Copies the source of an answer, character for character. */
export function CopyButton({ text }: { text: string }) {
    const [copied, setCopied] = useState<boolean>();
    const label = copied === undefined ? chatWords.copy : copied ? chatWords.copied : chatWords.notCopied;
    return (
        <button
            type="button"
            className={styles.action}
            data-copy=""
            aria-label={label}
            title={label}
            onClick={() => void copyText(text).then(setCopied)}
            onBlur={() => setCopied(undefined)}
        >
            {copied ? (
                <Check aria-hidden="true" size={15} strokeWidth={1.6} />
            ) : (
                <Copy aria-hidden="true" size={15} strokeWidth={1.6} />
            )}
            {copied === false ? <output>{label}</output> : null}
        </button>
    );
}
