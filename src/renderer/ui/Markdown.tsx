import { memo, useState } from "react";
import ReactMarkdown, { type Components, type ExtraProps } from "react-markdown";
import remarkGfm from "remark-gfm";
import remend from "remend";
import { markdownWords } from "../words/markdown.ts";
import { AddressDialog } from "./AddressDialog.tsx";
import { type Address, toAddress } from "./markdown-address.ts";
import { allowOnly } from "./markdown-allow.ts";
import { splitBlocks } from "./markdown-blocks.ts";
import { isTooMuch, MARKDOWN_LIMIT } from "./markdown-limits.ts";
import { MarkdownBoundary } from "./MarkdownBoundary.tsx";
import { MarkdownCode } from "./MarkdownCode.tsx";
import { MarkdownLink } from "./MarkdownLink.tsx";
import { OpenAddressContext } from "./open-address.ts";
import { SCROLLABLE } from "./scrollable.ts";
import { showControls } from "./show-controls.ts";
import styles from "./Markdown.module.css";

type Element = NonNullable<ExtraProps["node"]>;

const remarkPlugins = [remarkGfm];
const rehypePlugins = [allowOnly];
const toSafeUrl = (url: string) => toAddress(url)?.href ?? "";

const components: Components = {
    a({ href, node, children }) {
        const address = toAddress(href);
        if (!address) return <>{children}</>;
        return (
            <MarkdownLink address={address} words={node ? textOf(node) : ""}>
                {children}
            </MarkdownLink>
        );
    },
    pre({ node }) {
        const code = node?.children.find((child) => child.type === "element");
        return <MarkdownCode source={code ? textOf(code) : ""} language={code ? languageOf(code) : undefined} />;
    },
    table({ children }) {
        return (
            <section className={styles.table} tabIndex={SCROLLABLE} aria-label={markdownWords.table}>
                <table>{children}</table>
            </section>
        );
    },
    input({ checked }) {
        const label = checked ? markdownWords.done : markdownWords.notDone;
        return <input type="checkbox" checked={checked === true} disabled readOnly aria-label={label} />;
    },
};

/**
 * What a model wrote, as markdown that can do nothing: no HTML, no pictures from outside, links only after their address
 * was shown. While it grows (`isWriting`) only its last block is parsed again.
 */
export function Markdown({ text, isWriting = false }: { text: string; isWriting?: boolean }) {
    const [address, setAddress] = useState<Address>();
    const [isWhole, setIsWhole] = useState(false);
    if (isWhole) return <Plain text={text} />;
    const blocks = splitBlocks(text.slice(0, MARKDOWN_LIMIT));
    return (
        <OpenAddressContext value={setAddress}>
            <div className={styles.markdown} data-writing={isWriting || undefined}>
                {blocks.map((block, index) => {
                    const isGrowing = isWriting && index === blocks.length - 1;
                    // A block is known by its place: blocks only ever grow at the end.
                    return <Block key={index} text={isGrowing ? complete(block) : block} />;
                })}
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

/** Memoised by hand: the compiler keeps no result per item of a list, and parsing is the dear part of a frame. */
const Block = memo(function Block({ text }: { text: string }) {
    if (isTooMuch(text)) return <Plain text={text} />;
    return (
        <MarkdownBoundary fallback={<Plain text={text} />}>
            <div className={styles.block}>
                <ReactMarkdown
                    remarkPlugins={remarkPlugins}
                    rehypePlugins={rehypePlugins}
                    components={components}
                    urlTransform={toSafeUrl}
                >
                    {text}
                </ReactMarkdown>
            </div>
        </MarkdownBoundary>
    );
});

function Plain({ text }: { text: string }) {
    return <p className={styles.plain}>{showControls(text)}</p>;
}

/** Closes what is still open (bold, code, links), so that half a word does not flicker between two looks. */
function complete(block: string): string {
    return isTooMuch(block) ? block : remend(block, { linkMode: "text-only" });
}

function textOf(node: Element): string {
    return node.children
        .map((child) => (child.type === "text" ? child.value : child.type === "element" ? textOf(child) : ""))
        .join("");
}

function languageOf(code: Element): string | undefined {
    const names = code.properties["className"];
    const name = Array.isArray(names) ? names.find((each) => String(each).startsWith("language-")) : undefined;
    return name === undefined ? undefined : showControls(String(name).slice("language-".length)).slice(0, 30);
}
