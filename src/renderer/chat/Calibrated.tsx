import { toWords } from "#shared/domain/format/speed.ts";
import { isEvidence } from "#shared/domain/speed/calibrate.ts";
import type { AnswerStatistics, PredictedSpeed } from "#shared/schema/answer.ts";
import type { ModelId } from "#shared/schema/ids.ts";
import { SpeedGauge } from "../ui/SpeedGauge.tsx";
import { sideOf } from "../ui/gauge-axis.ts";
import { chatWords } from "../words/chat.ts";
import { words } from "../words/words.ts";
import { gaugeRange, predictedWords } from "./predicted.ts";
import { useRuns } from "./queries.ts";
import styles from "./Message.module.css";

type Props = { statistics: AnswerStatistics; predicted: PredictedSpeed; modelId: ModelId | null };

/** Once, after the first answer of a model: what we had predicted beside what was measured. */
export function Calibrated({ statistics, predicted, modelId }: Props) {
    const [run, ...others] = useRuns(modelId).data ?? [];
    const measured = statistics.tokensPerSecond;
    if (!run || others.length > 0 || measured === null || run.measuredTokensPerSecond !== measured) return null;
    const side = sideOf(gaugeRange(predicted), measured);
    // A speed far off may be the computer's that was busy: what comes of it is not promised to be closer.
    const then = side ? words.gauge.outside[side] : isEvidence(run) ? chatWords.calibratedOthers : null;
    return (
        <div className={styles.calibrated}>
            <SpeedGauge predicted={gaugeRange(predicted)} measured={measured} isMini />
            <p>
                {chatWords.calibrated(predictedWords(predicted), toWords(measured))} {then}
            </p>
        </div>
    );
}
