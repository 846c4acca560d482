import { useState } from "react";
import { markdownWords } from "../words/markdown.ts";
import { Button } from "./Button.tsx";
import { copyText } from "./copy-text.ts";
import { Dialog } from "./Dialog.tsx";
import type { Address } from "./markdown-address.ts";
import { SCROLLABLE } from "./scrollable.ts";
import styles from "./AddressDialog.module.css";

/**
 * Where a link really leads, before anything is opened. Its link is the only one in Hearth that asks for a new window:
 * the web host's browser opens it, Electron's shell hands it to the system (src/main/app/open-external.ts).
 */
export function AddressDialog({ address, onClose }: { address: Address; onClose: () => void }) {
    const [copied, setCopied] = useState<boolean>();
    return (
        <Dialog title={markdownWords.leaving} onClose={onClose}>
            <p className={styles.why}>{markdownWords.leavingWhy}</p>
            <dl className={styles.facts}>
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
                <a
                    className={styles.open}
                    href={address.href}
                    target="_blank"
                    rel="noopener noreferrer"
                    onClick={(event) => event.currentTarget.closest("dialog")?.close()}
                >
                    {markdownWords.open}
                </a>
                <Button kind="quiet" onPress={() => void copyText(address.href).then(setCopied)}>
                    {copied ? markdownWords.copied : markdownWords.copyAddress}
                </Button>
            </div>
            <output className={styles.status}>{copied === false ? markdownWords.notCopied : ""}</output>
        </Dialog>
    );
}
