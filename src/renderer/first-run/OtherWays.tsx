import { useState } from "react";
import { wordsRange } from "#shared/domain/format/speed.ts";
import type { Judged, Recommendation } from "#shared/domain/recommend.ts";
import { words } from "../words/words.ts";
import { SumDialog } from "./SumDialog.tsx";
import styles from "./OtherWays.module.css";

type CardProps = { title: string; lines: readonly string[]; onPress: () => void };

const Card = ({ title, lines, onPress }: CardProps) => (
    <li>
        <button type="button" className={styles.card} onClick={onPress}>
            <strong>{title}</strong>
            {lines.map((line) => (
                <span key={line}>
                    <bdi>{line}</bdi>
                </span>
            ))}
        </button>
    </li>
);

function linesOf({ model, verdict }: Judged): string[] {
    const said = words.firstRun;
    const sizeBytes = model.variants.find(({ isDefault }) => isDefault)?.totalSizeBytes;
    return [
        sizeBytes ? said.otherModel(model.name, sizeBytes) : model.name,
        ...(verdict.decode ? [said.otherSpeed(wordsRange(verdict.decode))] : []),
    ];
}

type Props = {
    recommendation: Recommendation;
    found: number;
    onModels: () => void;
    /** Null where the reader has looked around already. */
    onLook: (() => void) | null;
};

/** Under the pick: a smaller and a larger model, each with its sum, and the ways past a download. */
export function OtherWays({ recommendation, found, onModels, onLook }: Props) {
    const said = words.firstRun;
    const [open, setOpen] = useState<"smaller" | "larger">();
    const judged = open && recommendation[open];
    return (
        <>
            <nav className={styles.others} aria-label={said.others}>
                <ul>
                    {(["smaller", "larger"] as const).map((side) => {
                        const other = recommendation[side];
                        return other ? (
                            <Card key={side} title={said[side]} lines={linesOf(other)} onPress={() => setOpen(side)} />
                        ) : null;
                    })}
                    <Card title={said.haveModels} lines={[said.haveFound(found)]} onPress={onModels} />
                    {onLook ? <Card title={said.lookAround} lines={[said.lookAroundWhat]} onPress={onLook} /> : null}
                </ul>
            </nav>
            {open && judged ? (
                <SumDialog judged={judged} rule={said.sumRule[open]()} onClose={() => setOpen(undefined)} />
            ) : null}
        </>
    );
}
