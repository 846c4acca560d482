import type { Machine } from "#shared/schema/machine.ts";
import { Button } from "../ui/Button.tsx";
import { FactList } from "../ui/FactList.tsx";
import { words } from "../words/words.ts";
import styles from "./Scanning.module.css";

const waiting = [
    words.hardware.gpu,
    words.hardware.memory,
    words.hardware.bandwidth,
    words.hardware.cpu,
    words.hardware.disk,
];

/** While this computer is read: a line for each fact, and the way past it. */
export const Scanning = ({ machine, onSkip }: { machine: Machine | undefined; onSkip: () => void }) => (
    <section className={styles.scan}>
        <h1 tabIndex={-1}>{words.firstRun.looking}</h1>
        <p>{words.firstRun.lookingWhere}</p>
        {machine ? (
            <FactList machine={machine} />
        ) : (
            <dl className={styles.lines}>
                {waiting.map((name) => (
                    <div key={name}>
                        <dt>{name}</dt>
                        <dd>{words.firstRun.reading}</dd>
                    </div>
                ))}
            </dl>
        )}
        <Button kind="quiet" onPress={onSkip}>
            {words.firstRun.skip}
        </Button>
    </section>
);
