import type { Corrections, Machine } from "#shared/schema/machine.ts";
import { Button } from "../ui/Button.tsx";
import { words } from "../words/words.ts";
import styles from "./Doubts.module.css";

/** The card's memory is held by others; nothing fits in what is free; the memory's speed could not be measured. */
export type PlanHint = "card-taken" | "memory-short" | "speed-missing";

type Props = {
    machine: Machine;
    /** What closing other programs, or a second scan, would change. */
    hint: PlanHint | null;
    onCorrect: (corrections: Corrections) => void;
    onForm: () => void;
    onScan: () => void;
};

/** What the scan is not sure of, each as a question with a default or a sentence with its way on. */
export function Doubts({ machine, hint, onCorrect, onForm, onScan }: Props) {
    const said = words.firstRun;
    const isHere = machine.kind === "here";
    if (machine.doubts.length === 0 && !hint) return null;
    return (
        <ul className={styles.doubts}>
            {hint ? (
                <li>
                    <p>{said.hints[hint]}</p>
                    {isHere ? (
                        <Button size="small" onPress={onScan}>
                            {said.scanAgain}
                        </Button>
                    ) : null}
                </li>
            ) : null}
            {machine.doubts.map(({ kind, field }) => (
                <li key={`${kind} ${field}`}>
                    {kind === "shared-memory" ? (
                        <>
                            <p>{said.doubtShared(machine.gpus[0]?.totalBytes.value ?? 0)}</p>
                            <Button size="small" onPress={() => onCorrect({ gpuIsUnified: true })}>
                                {said.doubtSharedYes}
                            </Button>
                            <Button size="small" kind="quiet" onPress={() => onCorrect({ gpuIsUnified: false })}>
                                {said.doubtNo}
                            </Button>
                        </>
                    ) : (
                        <>
                            <p>{said.doubts[kind]}</p>
                            {kind === "graphics-not-read" && isHere ? (
                                <Button size="small" onPress={onScan}>
                                    {said.again}
                                </Button>
                            ) : null}
                            {kind === "card-not-in-table" ? (
                                <Button size="small" onPress={onForm}>
                                    {said.correctThis}
                                </Button>
                            ) : null}
                        </>
                    )}
                </li>
            ))}
        </ul>
    );
}
