import type { Origin } from "#shared/schema/origin.ts";
import { words as allWords } from "../words/words.ts";
import { OriginGlyph } from "./glyphs.tsx";
import styles from "./OriginMark.module.css";

/** Where a figure comes from: shape and word. */
export const OriginMark = ({ origin, words = allWords.origin[origin] }: { origin: Origin; words?: string }) => (
    <span className={styles.mark}>
        <OriginGlyph origin={origin} />
        {words}
    </span>
);
