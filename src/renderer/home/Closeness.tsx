import { roundRange, roundSpeed, toWords } from "#shared/domain/format/speed.ts";
import type { Measurement } from "#shared/schema/measurement.ts";
import { showControls } from "../ui/show-controls.ts";
import { SpeedGauge } from "../ui/SpeedGauge.tsx";
import { sideOf } from "../ui/gauge-axis.ts";
import { words } from "../words/words.ts";
import { compareRuns } from "./closeness.ts";
import styles from "./Home.module.css";

/** Predicted beside measured, one gauge a model. */
export function Closeness({ runs, empty }: { runs: Measurement[]; empty: string }) {
    const said = words.home;
    const lines = compareRuns(runs);
    return (
        <section className={styles.column} aria-labelledby="home-close">
            <h2 id="home-close">{said.close}</h2>
            {lines.length === 0 ? <p>{empty}</p> : null}
            <ul className={styles.runs}>
                {lines.map(({ modelId, name, answers, predicted, measured, spread }) => {
                    const side = predicted && sideOf(predicted, measured);
                    return (
                        <li key={modelId}>
                            <span>{said.run(showControls(name), answers)}</span>
                            <SpeedGauge predicted={predicted} measured={measured} spread={spread} />
                            <p>
                                {said.runSaid(
                                    predicted && roundRange(toWords(predicted.low), toWords(predicted.high)),
                                    roundSpeed(toWords(measured)),
                                )}{" "}
                                {side && words.gauge.outside[side]}{" "}
                                {spread ? said.spread(roundRange(toWords(spread.low), toWords(spread.high))) : null}
                            </p>
                        </li>
                    );
                })}
            </ul>
        </section>
    );
}
