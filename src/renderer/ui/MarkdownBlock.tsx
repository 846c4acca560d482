import { memo } from "react";
import ReactMarkdown, { type Components, type ExtraProps } from "react-markdown";
import remarkGfm from "remark-gfm";
import remend from "remend";
import { markdownWords } from "../words/markdown.ts";
import { toAddress } from "./markdown-address.ts";
import { allowOnly } from "./markdown-allow.ts";
import { readFence, readLanguage } from "./markdown-fence.ts";
import { isTooMuch } from "./markdown-limits.ts";
import { MarkdownBoundary } from "./MarkdownBoundary.tsx";
import { MarkdownCode } from "./MarkdownCode.tsx";
import { MarkdownLink } from "./MarkdownLink.tsx";
import { MarkdownPlain } from "./MarkdownPlain.tsx";
import { SCROLLABLE } from "./scrollable.ts";
import styles from "./Markdown.module.css";

type Element = NonNullable<ExtraProps["node"]>;

const remarkPlugins = [remarkGfm];
const rehypePlugins = [allowOnly];
const toSafeUrl = (url: string) => toAddress(url)?.href ?? "";
/** A growing block longer than this is parsed again only every so many characters, about a second's worth. */
const STEADY_CHARACTERS = 4_000;
const STEP_CHARACTERS = 200;

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

/** One or more blocks of an answer. Memoised by hand: the compiler keeps no result per item, and parsing is dear. */
export const MarkdownBlock = memo(function MarkdownBlock({ text, isGrowing }: { text: string; isGrowing: boolean }) {
    const fence = readFence(text);
    if (fence)
        return (
            <div className={styles.block}>
                <MarkdownCode {...fence} />
            </div>
        );
    if (isTooMuch(text)) return <MarkdownPlain text={text} />;
    return <Parsed text={isGrowing ? complete(steady(text)) : text} />;
});

const Parsed = memo(function Parsed({ text }: { text: string }) {
    return (
        <MarkdownBoundary fallback={<MarkdownPlain text={text} />}>
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

/** Of a long growing block the part that was last parsed, so that its price is paid once a second and not per word. */
function steady(block: string): string {
    if (block.length < STEADY_CHARACTERS) return block;
    return block.slice(0, block.length - (block.length % STEP_CHARACTERS));
}

/** Closes what is still open (bold, code, links), so that half a word does not flicker between two looks. */
const complete = (block: string): string => remend(block, { linkMode: "text-only" });

function textOf(node: Element): string {
    return node.children
        .map((child) => (child.type === "text" ? child.value : child.type === "element" ? textOf(child) : ""))
        .join("");
}

function languageOf(code: Element): string | undefined {
    const names = code.properties["className"];
    const name = Array.isArray(names) ? names.find((each) => String(each).startsWith("language-")) : undefined;
    return name === undefined ? undefined : readLanguage(String(name).slice("language-".length));
}
