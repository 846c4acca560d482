import type { VerdictKind } from "#shared/schema/verdict.ts";
import { words } from "../words/words.ts";
import { VerdictGlyph } from "./glyphs.tsx";
import styles from "./VerdictBadge.module.css";

/** Shape, word and colour, in that order of trust. `badge` stands on its tint, `line` in a row of text. */
export const VerdictBadge = ({ kind, look = "line" }: { kind: VerdictKind; look?: "line" | "badge" }) => (
    <span className={styles.verdict} data-verdict={kind} data-look={look}>
        <VerdictGlyph kind={kind} />
        {words.verdict[kind]}
    </span>
);
