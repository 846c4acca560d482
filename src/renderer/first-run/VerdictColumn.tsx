import { useId } from "react";
import { ChangedValues } from "../app/ChangedValues.tsx";
import { Doubts } from "../app/Doubts.tsx";
import { PlanNote } from "../app/PlanNote.tsx";
import type { useCorrections } from "../app/use-corrections.ts";
import type { PlanChange } from "#shared/domain/plan-change.ts";
import type { Recommendation } from "#shared/domain/recommend.ts";
import type { Machine } from "#shared/schema/machine.ts";
import { FactList } from "../ui/FactList.tsx";
import { Term } from "../ui/Term.tsx";
import { words } from "../words/words.ts";
import { fastMemoryOf, hintFor } from "../app/fast-memory.ts";
import styles from "./VerdictColumn.module.css";

type Props = {
    machine: Machine;
    recommendation: Recommendation;
    change: PlanChange | null;
    /** No verdict: the speed of the memory is missing. */
    isUnknown: boolean;
    corrections: ReturnType<typeof useCorrections>;
    onForm: () => void;
    onScan: () => void;
};

/** The answer, the one new word, and the facts it rests on. */
export function VerdictColumn({ machine, recommendation, change, isUnknown, corrections, onForm, onScan }: Props) {
    const meaning = useId();
    const said = words.firstRun;
    const memory = fastMemoryOf(machine, recommendation);
    const { smallest } = recommendation;
    const correct = (values: Parameters<typeof corrections.apply>[0]) => {
        // A refusal is said on top of this room.
        corrections.apply(values).catch(() => undefined);
    };
    const facts = <FactList machine={machine} onPutBack={correct} />;
    return (
        <section className={styles.say}>
            <p className={styles.over}>
                {machine.kind === "described" ? said.describedFrom : said.scanned(machine.scanMilliseconds)}
            </p>
            <h1 tabIndex={-1}>{isUnknown ? said.unknown : said.headlines[recommendation.headline]}</h1>
            {change ? <PlanNote change={change} now={recommendation} /> : null}
            {smallest && !isUnknown ? (
                <p className={styles.read}>{said.notEnough(smallest.needBytes, smallest.freeBytes)}</p>
            ) : null}
            <p className={styles.read}>
                {said.beforeModel} <Term explainedBy={meaning}>{said.model}</Term>{" "}
                {memory.leftOut
                    ? said.withoutCard(memory.leftOut.why, memory.leftOut, memory)
                    : said.afterModel(memory.where, memory.freeBytes, memory.totalBytes)}
            </p>
            <p className={styles.word} id={meaning}>
                <b>{said.modelTerm}</b> {said.modelMeaning}
            </p>
            <Doubts
                machine={machine}
                hint={hintFor(memory, recommendation, isUnknown)}
                onCorrect={correct}
                onForm={onForm}
                onScan={onScan}
            />
            <ChangedValues
                changes={corrections.changes}
                onUndo={(each) => void corrections.undo(each).catch(() => undefined)}
            />
            <div className={styles.full}>{facts}</div>
            <div className={styles.links}>
                <details className={styles.folded}>
                    <summary>{said.found}</summary>
                    {facts}
                </details>
                <button type="button" className={styles.link} onClick={onForm}>
                    {said.wrong}
                </button>
            </div>
        </section>
    );
}
