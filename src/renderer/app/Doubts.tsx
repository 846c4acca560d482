import type { Corrections, Machine } from "#shared/schema/machine.ts";
import { Button } from "../ui/Button.tsx";
import { words } from "../words/words.ts";
import styles from "./Doubts.module.css";

type Props = { machine: Machine; onCorrect: (corrections: Corrections) => void; onScan: () => void };

/** What the scan is not sure of, each as a question with a default or a sentence with its way on. */
export function Doubts({ machine, onCorrect, onScan }: Props) {
    const said = words.firstRun;
    if (machine.doubts.length === 0) return null;
    return (
        <ul className={styles.doubts}>
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
                            {kind === "graphics-not-read" ? (
                                <Button size="small" onPress={onScan}>
                                    {said.again}
                                </Button>
                            ) : null}
                        </>
                    )}
                </li>
            ))}
        </ul>
    );
}
