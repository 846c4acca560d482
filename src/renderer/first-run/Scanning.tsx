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

type Props = {
    machine: Machine | undefined;
    /** What could not be read; the failure itself is said above. */
    missing: "computer" | "models" | null;
    onSkip: () => void;
};

/** While this computer is read: a line for each fact, and the way past it. */
export function Scanning({ machine, missing, onSkip }: Props) {
    const said = words.firstRun;
    return (
        <section className={styles.scan}>
            <h1 tabIndex={-1}>{missing ? said.missing[missing] : said.looking}</h1>
            <p>{said.lookingWhere}</p>
            {machine ? (
                <FactList machine={machine} />
            ) : missing ? null : (
                <dl className={styles.lines}>
                    {waiting.map((name) => (
                        <div key={name}>
                            <dt>{name}</dt>
                            <dd>{said.reading}</dd>
                        </div>
                    ))}
                </dl>
            )}
            <Button kind={missing ? "normal" : "quiet"} onPress={onSkip}>
                {missing ? said.lookAround : said.skip}
            </Button>
        </section>
    );
}
