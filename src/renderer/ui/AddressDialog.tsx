import { useEffect, useId, useRef, useState } from "react";
import { markdownWords } from "../words/markdown.ts";
import { copyText } from "./copy-text.ts";
import type { Address } from "./markdown-address.ts";
import { SCROLLABLE } from "./scrollable.ts";
import styles from "./AddressDialog.module.css";

/** Where a link really leads, before anything is opened. Esc and Close leave; focus returns to the link. */
export function AddressDialog({ address, onClose }: { address: Address; onClose: () => void }) {
    const dialog = useRef<HTMLDialogElement>(null);
    const title = useId();
    const [copied, setCopied] = useState<boolean>();
    useEffect(() => dialog.current?.showModal(), []);
    return (
        <dialog ref={dialog} className={styles.dialog} aria-labelledby={title} onClose={onClose}>
            <h2 id={title}>{markdownWords.leaving}</h2>
            <p>{markdownWords.leavingWhy}</p>
            <dl>
                <dt>{markdownWords.host}</dt>
                <dd className={styles.host}>
                    <bdi dir="ltr">{address.host}</bdi>
                </dd>
                <dt>{markdownWords.address}</dt>
                <dd className={styles.address} tabIndex={SCROLLABLE}>
                    <bdi dir="ltr">{address.href}</bdi>
                </dd>
            </dl>
            <div className={styles.actions}>
                <button type="button" className={styles.quiet} onClick={() => dialog.current?.close()}>
                    {markdownWords.close}
                </button>
                <button
                    type="button"
                    className={styles.normal}
                    onClick={() => void copyText(address.href).then(setCopied)}
                >
                    {copied ? markdownWords.copied : markdownWords.copyAddress}
                </button>
                <a
                    className={styles.normal}
                    href={address.href}
                    target="_blank"
                    rel="noopener noreferrer"
                    onClick={() => dialog.current?.close()}
                >
                    {markdownWords.open}
                </a>
            </div>
            <output className={styles.status}>{copied === false ? markdownWords.notCopied : ""}</output>
        </dialog>
    );
}
