import { Lock } from "lucide-react";
import { useState } from "react";
import type { Recommendation } from "#shared/domain/recommend.ts";
import type { LocalModel } from "#shared/schema/catalog.ts";
import type { ModelId } from "#shared/schema/ids.ts";
import { failureWords } from "../app/failures.ts";
import { Button } from "../ui/Button.tsx";
import { words } from "../words/words.ts";
import { PickFacts } from "./PickFacts.tsx";
import { SumDialog } from "./SumDialog.tsx";
import styles from "./PickCard.module.css";

type Props = {
    recommendation: Recommendation;
    isDescribed: boolean;
    /** The button has the focus, so that Enter is enough: at the first run, not when Home leads here. */
    isFocused: boolean;
    starter: LocalModel | null | "unknown";
    starterMissing: string | null;
    isOpening: boolean;
    onTry: (modelId: ModelId) => void;
    onChooseFile: () => void;
};

/** Our pick with its figures, and the one button: the practice model, which is here already. */
export function PickCard({
    recommendation,
    isDescribed,
    isFocused,
    starter,
    starterMissing,
    isOpening,
    onTry,
    onChooseFile,
}: Props) {
    const [isSumOpen, setIsSumOpen] = useState(false);
    const said = words.firstRun;
    const { pick, reason } = recommendation;
    const missing =
        starter === null ? failureWords({ code: "STARTER_MISSING", data: { reason: starterMissing ?? "" } }) : null;
    return (
        <section
            className={styles.pick}
            aria-label={pick ? (isDescribed ? said.pickOverDescribed : said.pickOver) : said.practice}
        >
            {pick ? (
                <>
                    <p className={styles.over}>{isDescribed ? said.pickOverDescribed : said.pickOver}</p>
                    <div className={styles.head}>
                        <h2>{pick.model.name}</h2>
                        <span className={styles.by}>{said.by(pick.model.publisher, pick.model.license.name)}</span>
                    </div>
                    <p className={styles.what}>{pick.model.summary}</p>
                    {recommendation.isFastestFallback ? <p className={styles.what}>{said.fastest}</p> : null}
                    <PickFacts pick={pick} isWithoutCard={reason?.isWithoutCard ?? false} />
                </>
            ) : missing ? null : (
                <>
                    <div className={styles.head}>
                        <h2>{said.practice}</h2>
                    </div>
                    <p className={styles.what}>{said.noPick}</p>
                </>
            )}
            {missing ? <p className={styles.what}>{missing.sentence}</p> : null}
            <div className={styles.go}>
                {missing ? (
                    <Button kind="primary" size="large" autoFocus={isFocused} onPress={onChooseFile}>
                        {missing.button}
                    </Button>
                ) : (
                    <Button
                        kind="primary"
                        size="large"
                        autoFocus={isFocused}
                        isBusy={isOpening || starter === "unknown"}
                        onPress={() => starter && starter !== "unknown" && onTry(starter.id)}
                    >
                        {isOpening ? said.practiceOpening : said.tryPractice}
                    </Button>
                )}
                {pick ? (
                    <button type="button" className={styles.link} onClick={() => setIsSumOpen(true)}>
                        {said.why}
                    </button>
                ) : null}
            </div>
            {missing ? null : <p className={styles.quiet}>{pick ? said.practiceWhat : said.practiceHere}</p>}
            {pick ? (
                <p className={styles.quiet}>
                    <Lock aria-hidden="true" size={15} strokeWidth={1.6} />
                    <span>{said.later}</span>
                </p>
            ) : null}
            {isSumOpen && pick && reason ? (
                <SumDialog
                    judged={pick}
                    rule={said.sumRule[reason.kind](reason.fittingCount)}
                    onClose={() => setIsSumOpen(false)}
                />
            ) : null}
        </section>
    );
}
