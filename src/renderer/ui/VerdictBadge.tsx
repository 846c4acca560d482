import type { VerdictKind } from "#shared/schema/verdict.ts";
import { VerdictGlyph } from "./glyphs.tsx";
import styles from "./VerdictBadge.module.css";

/** Shape, word and colour, in that order of trust. */
export const VerdictBadge = ({ kind, words }: { kind: VerdictKind; words: string }) => (
    <span className={styles.verdict} data-verdict={kind}>
        <VerdictGlyph kind={kind} />
        {words}
    </span>
);
