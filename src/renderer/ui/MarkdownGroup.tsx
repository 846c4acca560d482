import { memo, useEffect, useRef, useState } from "react";
import { MarkdownBlock } from "./MarkdownBlock.tsx";
import { isTooMuch } from "./markdown-limits.ts";
import { takeTurn } from "./markdown-turns.ts";
import { MarkdownPlain } from "./MarkdownPlain.tsx";
import styles from "./Markdown.module.css";

type Props = {
    blocks: string[];
    /** More text will come, or came while it was shown: its blocks are parsed singly. */
    isWriting: boolean;
    /** Parsed at once; others stand as their source until they come near, or until there is time. */
    isEager: boolean;
};

/** How far outside of the view a group is parsed, in screens. */
const NEAR = "100% 0%";

/** A few blocks of an answer. Far from the view it costs no layout (content-visibility), and at first no parsing. */
export const MarkdownGroup = memo(function MarkdownGroup({ blocks, isWriting, isEager }: Props) {
    const [isParsed, setIsParsed] = useState(isEager);
    // One parse for a group that was whole when it came; what grew stays in the blocks it grew in.
    const [isWhole] = useState(!isWriting);
    const frame = useRef<HTMLDivElement>(null);

    useEffect(() => {
        const element = frame.current;
        if (isParsed || !element) return undefined;
        const parse = () => setIsParsed(true);
        const giveUp = takeTurn(parse);
        const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && parse(), { rootMargin: NEAR });
        watch.observe(element);
        return () => {
            giveUp();
            watch.disconnect();
        };
    }, [isParsed]);

    const text = blocks.join("");
    const shown = isWhole && !isTooMuch(text) ? [text] : blocks;
    return (
        <div
            ref={frame}
            className={styles.group}
            data-growing={isWriting || undefined}
            data-waiting={!isParsed || undefined}
            style={{ ["--characters" as string]: text.length }}
        >
            {isParsed ? (
                shown.map((block, index) => {
                    // A block is known by its place: blocks only ever grow at the end.
                    return (
                        <MarkdownBlock key={index} text={block} isGrowing={isWriting && index === shown.length - 1} />
                    );
                })
            ) : (
                <MarkdownPlain text={text} />
            )}
        </div>
    );
});
