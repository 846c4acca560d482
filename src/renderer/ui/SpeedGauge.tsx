import { READING_WORDS_PER_SECOND, roundRange, roundSpeed, toWords } from "#shared/domain/format/speed.ts";
import { words } from "../words/words.ts";
import { gaugePosition, gaugeTicks, isBelowGauge } from "./gauge-axis.ts";
import styles from "./SpeedGauge.module.css";

type SpeedGaugeProps = {
    /** Tokens a second; null: nothing was predicted. */
    predicted: { low: number; middle: number; high: number } | null;
    /** Tokens a second, the median where several were measured. */
    measured?: number | null;
    /** Of ten or more answers: the 10th to the 90th percentile, tokens a second. */
    spread?: { low: number; high: number } | null;
    isMini?: boolean;
};

const percent = (part: number) => `${part * 100}%`;
const spokenTicks = new Set([1, 16, 64]);

/** Open capsule: predicted. Solid dot: measured. The dotted line is reading pace. */
export function SpeedGauge({ predicted, measured = null, spread = null, isMini = false }: SpeedGaugeProps) {
    const range = predicted && roundRange(toWords(predicted.low), toWords(predicted.high));
    const label = words.gauge.spoken(
        range,
        measured === null ? null : roundSpeed(toWords(measured)),
        spread && roundRange(toWords(spread.low), toWords(spread.high)),
    );
    const start = predicted && gaugePosition(toWords(predicted.low));
    const isKnown = predicted !== null || measured !== null;
    return (
        <div
            className={styles.gauge}
            data-mini={isMini || undefined}
            data-known={isKnown}
            role="img"
            aria-label={label}
        >
            <span className={styles.axis} />
            {gaugeTicks.map((tick) =>
                tick === READING_WORDS_PER_SECOND ? null : (
                    <span
                        key={tick}
                        className={styles.tick}
                        style={{ insetInlineStart: percent(gaugePosition(tick)) }}
                    />
                ),
            )}
            <span
                className={styles.pace}
                style={{ insetInlineStart: percent(gaugePosition(READING_WORDS_PER_SECOND)) }}
            />
            {predicted && start !== null ? (
                <>
                    <span
                        className={styles.predicted}
                        data-below={isBelowGauge(toWords(predicted.low)) || undefined}
                        style={{
                            insetInlineStart: percent(start),
                            inlineSize: percent(gaugePosition(toWords(predicted.high)) - start),
                        }}
                    />
                    <span
                        className={styles.middle}
                        style={{ insetInlineStart: percent(gaugePosition(toWords(predicted.middle))) }}
                    />
                </>
            ) : null}
            {spread ? (
                <span
                    className={styles.whisker}
                    style={{
                        insetInlineStart: percent(gaugePosition(toWords(spread.low))),
                        inlineSize: percent(gaugePosition(toWords(spread.high)) - gaugePosition(toWords(spread.low))),
                    }}
                />
            ) : null}
            {measured === null ? null : (
                <span
                    className={styles.measured}
                    style={{ insetInlineStart: percent(gaugePosition(toWords(measured))) }}
                />
            )}
            {isMini
                ? null
                : gaugeTicks.map((tick) =>
                      tick === READING_WORDS_PER_SECOND || spokenTicks.has(tick) ? (
                          <span
                              key={tick}
                              className={styles.label}
                              style={{ insetInlineStart: percent(gaugePosition(tick)) }}
                          >
                              {tick === READING_WORDS_PER_SECOND ? words.gauge.readingPace : tick}
                          </span>
                      ) : null,
                  )}
        </div>
    );
}
