import type { VerdictKind } from "#shared/schema/verdict.ts";
import styles from "./VerdictShape.module.css";

/** The drawn part of a verdict; never without its word. */
export function VerdictShape({ kind }: { kind: VerdictKind }) {
    return (
        <svg viewBox="0 0 16 16" className={styles.shape} data-verdict={kind} aria-hidden="true">
            {drawings[kind]}
        </svg>
    );
}

const cut = { className: styles.cut, fill: "none", strokeLinecap: "round", strokeLinejoin: "round" } as const;
const drawings = {
    fits: (
        <>
            <circle cx="8" cy="8" r="7.2" fill="currentColor" />
            <path d="m4.8 8.2 2.3 2.3 4.2-4.6" {...cut} />
        </>
    ),
    tight: (
        <>
            <path d="M8 .4 15.6 8 8 15.6.4 8z" fill="currentColor" />
            <path d="m4.6 6.2 1.8 1.8-1.8 1.8M11.4 6.2 9.6 8l1.8 1.8" {...cut} />
        </>
    ),
    slow: <path d="M2.6 1h10.8v1.8L9.3 8l4.1 5.2V15H2.6v-1.8L6.7 8 2.6 2.8z" fill="currentColor" />,
    "wont-fit": (
        <>
            <rect x="1" y="1" width="14" height="14" rx="2.5" fill="currentColor" />
            <path d="m5.2 5.2 5.6 5.6m0-5.6-5.6 5.6" {...cut} />
        </>
    ),
    "cant-say": (
        <circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.6 2" />
    ),
};
