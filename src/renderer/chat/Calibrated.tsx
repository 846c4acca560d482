import { toWords } from "#shared/domain/format/speed.ts";
import type { AnswerStatistics } from "#shared/schema/answer.ts";
import type { ModelId } from "#shared/schema/ids.ts";
import { SpeedGauge } from "../ui/SpeedGauge.tsx";
import { chatWords } from "../words/chat.ts";
import { predictedWords, rangeOf, runOf, teaches } from "./predicted.ts";
import { useRuns } from "./queries.ts";
import styles from "./Message.module.css";

/** Once, after the first answer of a model: what we had predicted beside what was measured. */
export function Calibrated({ statistics, modelId }: { statistics: AnswerStatistics; modelId: ModelId | null }) {
    const runs = useRuns(modelId).data ?? [];
    const run = runOf(statistics, runs);
    const predicted = predictedWords(run);
    if (!run || !predicted || runs.length > 1) return null;
    return (
        <div className={styles.calibrated}>
            <SpeedGauge predicted={rangeOf(run)} measured={run.measuredTokensPerSecond} isMini />
            <p>
                {chatWords.calibrated(predicted, toWords(run.measuredTokensPerSecond))}{" "}
                {teaches(run) ? chatWords.calibratedOthers : null}
            </p>
        </div>
    );
}
