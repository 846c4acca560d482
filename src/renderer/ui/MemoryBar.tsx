import { locale, words } from "../words/words.ts";
import { type Chamber, spokenSegments } from "./memory-segments.ts";
import { MemoryRuler } from "./MemoryRuler.tsx";
import styles from "./MemoryBar.module.css";

type MemoryBarProps = {
    name: string;
    chamber: Chamber;
    size?: "row" | "big" | undefined;
    legend?: "names" | "figures";
    hasRuler?: boolean;
};

/** One memory to scale: other programs, model, conversation, working space, free, reserve, always in this order. */
export function MemoryBar({ name, chamber, size = "big", legend, hasRuler = false }: MemoryBarProps) {
    const spoken = spokenSegments(chamber, locale);
    const shown = chamber.segments.filter(({ bytes }) => bytes > 0);
    const label = words.memoryBar.spoken(name, chamber.totalBytes, spoken, chamber.overBytes);
    return (
        <div className={styles.memory} data-size={size}>
            <div className={styles.line} role="img" aria-label={label}>
                <div className={styles.chamber}>
                    {shown.map(({ kind, bytes }) => (
                        <div
                            key={kind}
                            className={styles.segment}
                            data-kind={kind}
                            style={{ flexGrow: bytes / 2 ** 20 }}
                        />
                    ))}
                </div>
                {chamber.overBytes > 0 ? <div className={styles.over} /> : null}
            </div>
            {hasRuler ? <MemoryRuler totalBytes={chamber.totalBytes} /> : null}
            {legend ? (
                <ul className={styles.legend} aria-hidden="true">
                    {spoken
                        .filter(({ kind }) => legend === "figures" || (kind !== "other" && kind !== "free"))
                        .map(({ kind, gibibytes }) => (
                            <li key={kind}>
                                <span className={styles.swatch} data-kind={kind} />
                                {legend === "names"
                                    ? words.memoryBar.names[kind]
                                    : words.memoryBar.legend(kind, gibibytes)}
                            </li>
                        ))}
                </ul>
            ) : null}
        </div>
    );
}
