import { useState } from "react";
import { markdownWords } from "../words/markdown.ts";
import { AddressDialog } from "./AddressDialog.tsx";
import type { Address } from "./markdown-address.ts";
import { createGroups, lengthOf } from "./markdown-groups.ts";
import { MARKDOWN_LIMIT } from "./markdown-limits.ts";
import { MarkdownGroup } from "./MarkdownGroup.tsx";
import { MarkdownPlain } from "./MarkdownPlain.tsx";
import { OpenAddressContext } from "./open-address.ts";
import styles from "./Markdown.module.css";

/** So much of an answer's end is parsed before it is first painted: a few screens. */
const EAGER_CHARACTERS = 4_000;

type Props = {
    text: string;
    isWriting?: boolean;
    /** Its end is likely looked at at once; false for an answer far up. */
    isNear?: boolean;
};

/**
 * What a model wrote, as markdown that can do nothing: no HTML, no pictures from outside, links only after their address
 * was shown. While it grows (`isWriting`) only its last block is parsed again.
 */
export function Markdown({ text, isWriting = false, isNear = true }: Props) {
    const [address, setAddress] = useState<Address>();
    const [isWhole, setIsWhole] = useState(false);
    const [toGroups] = useState(createGroups);
    if (isWhole) return <MarkdownPlain text={text} />;
    const shown = text.slice(0, MARKDOWN_LIMIT);
    const groups = toGroups(shown);
    const firstEager = isNear ? firstNear(groups) : groups.length;
    return (
        <OpenAddressContext value={setAddress}>
            <div className={styles.markdown}>
                {groups.map((blocks, index) => (
                    <MarkdownGroup
                        key={index}
                        blocks={blocks}
                        isWriting={isWriting && index === groups.length - 1}
                        isEager={index >= firstEager}
                    />
                ))}
                {text.length > MARKDOWN_LIMIT ? (
                    <button type="button" className={styles.showAll} onClick={() => setIsWhole(true)}>
                        {markdownWords.showAll(Math.ceil(text.length / 1000))}
                    </button>
                ) : null}
            </div>
            {address ? <AddressDialog address={address} onClose={() => setAddress(undefined)} /> : null}
        </OpenAddressContext>
    );
}

/** The first of the groups that make up the end which is parsed at once. */
function firstNear(groups: string[][]): number {
    let characters = 0;
    return groups.findLastIndex((blocks) => (characters += lengthOf(blocks)) >= EAGER_CHARACTERS);
}
