import { locale } from "../words/words.ts";
import { rulerTicks } from "./memory-ruler.ts";
import styles from "./MemoryRuler.module.css";

const figure = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });

/** Under a memory bar, to its scale. The bar's own sentence says the figures, so this is for the eye alone. */
export const MemoryRuler = ({ totalBytes }: { totalBytes: number }) => (
    <div className={styles.ruler} aria-hidden="true">
        {rulerTicks(totalBytes).map(({ gibibytes, position, hasNumber }) => (
            <span
                key={gibibytes}
                className={styles.tick}
                data-number={hasNumber || undefined}
                data-end={position > 0.98 || undefined}
                style={{ insetInlineStart: `${position * 100}%` }}
            >
                {hasNumber ? <span className={styles.number}>{figure.format(gibibytes)}</span> : null}
            </span>
        ))}
    </div>
);
