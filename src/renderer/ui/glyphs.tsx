import type { VerdictKind } from "#shared/schema/verdict.ts";
import type { Origin } from "#shared/schema/origin.ts";
import styles from "./glyphs.module.css";

const verdictShapes: Record<VerdictKind, React.ReactNode> = {
    fits: (
        <>
            <circle cx="8" cy="8" r="7" fill="currentColor" />
            <path className={styles.cut} d="m4.9 8.2 2.2 2.2 4-4.5" />
        </>
    ),
    tight: (
        <>
            <path d="M8 .6 15.4 8 8 15.4.6 8z" fill="currentColor" />
            <path className={styles.cut} d="M4.7 6.3 6.4 8 4.7 9.7M11.3 6.3 9.6 8l1.7 1.7" />
        </>
    ),
    slow: <path d="M2.8 1.2h10.4v1.7L9.2 8l4 5.1v1.7H2.8v-1.7L6.8 8l-4-5.1z" fill="currentColor" />,
    "wont-fit": (
        <>
            <rect x="1.2" y="1.2" width="13.6" height="13.6" rx="2.4" fill="currentColor" />
            <path className={styles.cut} d="m5.3 5.3 5.4 5.4m0-5.4-5.4 5.4" />
        </>
    ),
    "cant-say": (
        <circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="3 2.2" />
    ),
};

export const VerdictGlyph = ({ kind }: { kind: VerdictKind }) => (
    <svg className={styles.verdict} viewBox="0 0 16 16" aria-hidden="true">
        {verdictShapes[kind]}
    </svg>
);

const originShapes: Record<Origin, React.ReactNode> = {
    read: <path d="M2.6 1.2h4.5l2.3 2.2v7.4H2.6zM4.3 5.6h3.4M4.3 7.8h3.4" fill="none" stroke="currentColor" />,
    measured: <circle cx="6" cy="6" r="4.4" fill="currentColor" />,
    published: <path d="M6 1.2 10.8 6 6 10.8 1.2 6z" fill="none" stroke="currentColor" strokeWidth="1.3" />,
    estimated: (
        <circle cx="6" cy="6" r="4.3" fill="none" stroke="currentColor" strokeWidth="1.3" strokeDasharray="2.2 1.6" />
    ),
    corrected: <path d="m2.4 9.6.5-2L8 2.5l1.5 1.5-5.1 5.1z" fill="none" stroke="currentColor" />,
};

export const OriginGlyph = ({ origin }: { origin: Origin }) => (
    <svg className={styles.origin} viewBox="0 0 12 12" aria-hidden="true">
        {originShapes[origin]}
    </svg>
);
