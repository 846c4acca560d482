import { useState } from "react";
import { markdownWords } from "../words/markdown.ts";
import { copyText } from "./copy-text.ts";
import { Pieces } from "./Pieces.tsx";
import { SCROLLABLE } from "./scrollable.ts";
import styles from "./Markdown.module.css";

/** A block of code: scrolls sideways by itself, copies exactly what the model wrote. */
export function MarkdownCode({ source, language }: { source: string; language: string | undefined }) {
    const [copied, setCopied] = useState<boolean>();
    const label =
        copied === undefined ? markdownWords.copyCode : copied ? markdownWords.copied : markdownWords.notCopied;
    return (
        <figure className={styles.code}>
            <figcaption>
                <span>{language ?? ""}</span>
                <button type="button" onClick={() => void copyText(source).then(setCopied)}>
                    {label}
                </button>
            </figcaption>
            <section tabIndex={SCROLLABLE} aria-label={markdownWords.code(language)}>
                <pre dir="ltr">
                    <code>
                        <Pieces text={source} />
                    </code>
                </pre>
            </section>
        </figure>
    );
}
