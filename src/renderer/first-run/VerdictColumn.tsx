import { type ReactNode, useId } from "react";
import type { Recommendation } from "#shared/domain/recommend.ts";
import type { Machine } from "#shared/schema/machine.ts";
import { FactList } from "../ui/FactList.tsx";
import { Term } from "../ui/Term.tsx";
import { words } from "../words/words.ts";
import { fastMemoryOf } from "./fast-memory.ts";
import styles from "./VerdictColumn.module.css";

type Props = {
    machine: Machine;
    recommendation: Recommendation;
    /** No verdict: the speed of the memory is missing. */ isUnknown: boolean;
    doubts: ReactNode;
    onCorrect: () => void;
};

/** The answer, the one new word, and the facts it rests on. */
export function VerdictColumn({ machine, recommendation, isUnknown, doubts, onCorrect }: Props) {
    const meaning = useId();
    const said = words.firstRun;
    const { where, freeBytes, totalBytes } = fastMemoryOf(machine);
    const { smallest } = recommendation;
    return (
        <section className={styles.say}>
            <p className={styles.over}>
                {machine.kind === "described"
                    ? said.described(machine.title ?? "")
                    : said.scanned(machine.scanMilliseconds)}
            </p>
            <h1 tabIndex={-1}>{isUnknown ? said.unknown : said.headlines[recommendation.headline]}</h1>
            {smallest && !isUnknown ? <p>{said.notEnough(smallest.needBytes, smallest.freeBytes)}</p> : null}
            <p>
                {said.beforeModel} <Term explainedBy={meaning}>{said.model}</Term>{" "}
                {said.afterModel(where, freeBytes, totalBytes)}
            </p>
            <p className={styles.word} id={meaning}>
                <b>{said.modelTerm}</b> {said.modelMeaning}
            </p>
            {doubts}
            <div className={styles.full}>
                <FactList machine={machine} />
            </div>
            <details className={styles.folded}>
                <summary>{said.found}</summary>
                <FactList machine={machine} />
            </details>
            <button type="button" className={styles.link} onClick={onCorrect}>
                {said.wrong}
            </button>
        </section>
    );
}
