import { type ReactNode, useContext } from "react";
import { type Address } from "./markdown-address.ts";
import { OpenAddressContext } from "./open-address.ts";
import styles from "./Markdown.module.css";

/**
 * A link a model wrote. It is a button, so that no kind of click can follow it: pressing shows the address first. Where
 * the words do not name the host, the host stands beside them.
 */
export function MarkdownLink({ address, words, children }: { address: Address; words: string; children: ReactNode }) {
    const openAddress = useContext(OpenAddressContext);
    return (
        <button type="button" className={styles.link} aria-haspopup="dialog" onClick={() => openAddress(address)}>
            {children}
            {words.toLowerCase().includes(address.host) ? null : (
                <small className={styles.host}> ({address.host})</small>
            )}
        </button>
    );
}
