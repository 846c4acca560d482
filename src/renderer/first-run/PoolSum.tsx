import type { ReactNode } from "react";
import { formatGibibytes } from "#shared/domain/format/bytes.ts";
import type { MemoryPool } from "#shared/schema/verdict.ts";
import { MemoryBar } from "../ui/MemoryBar.tsx";
import { chamberOf, roundPool } from "../ui/memory-segments.ts";
import { OriginMark } from "../ui/OriginMark.tsx";
import { TermCard } from "../ui/TermCard.tsx";
import { locale, words } from "../words/words.ts";
import styles from "./SumDialog.module.css";

type RowProps = { name: ReactNode; tenths: number; mark?: ReactNode; isTotal?: boolean };

/** A part too small for a tenth is said so; a total of nothing is 0. */
const Row = ({ name, tenths, mark = null, isTotal = false }: RowProps) => (
    <tr data-total={isTotal || undefined}>
        <th scope="row">{name}</th>
        <td>{tenths === 0 && !isTotal ? words.firstRun.sumTiny : formatGibibytes((tenths / 10) * 2 ** 30, locale)}</td>
        <td>{mark}</td>
    </tr>
);

/** One memory: its parts up to their sum, and what is free down to what is left. Every figure adds up as it is shown. */
export function PoolSum({ pool }: { pool: MemoryPool }) {
    const said = words.firstRun;
    const rounded = roundPool(pool);
    const left = rounded.usable - rounded.need;
    return (
        <>
            <h3 className={styles.memory}>
                {said.sumPool[pool.pool]}, <TermCard term="gigabyte">{said.sumUnit}</TermCard>
            </h3>
            <MemoryBar name={said.sumPool[pool.pool]} chamber={chamberOf(pool)} hasRuler legend="names" />
            <table className={styles.sum} aria-label={said.sumPool[pool.pool]}>
                <tbody>
                    {pool.parts.map(({ part, origin }, index) => (
                        <Row
                            key={part}
                            name={said.sumPart[part]}
                            tenths={rounded.parts[index] ?? 0}
                            mark={
                                <OriginMark
                                    origin={origin}
                                    words={origin === "read" ? words.origin.readFromFile : words.origin[origin]}
                                />
                            }
                        />
                    ))}
                    <Row name={said.sumNeed} tenths={rounded.need} isTotal />
                    <Row name={said.sumFree} tenths={rounded.free} />
                    <Row name={<TermCard term="reserve">{said.sumReserve}</TermCard>} tenths={rounded.reserve} />
                    <Row name={said.sumUsable} tenths={rounded.usable} isTotal />
                    <Row name={left < 0 ? said.sumOver : said.sumLeft} tenths={Math.abs(left)} isTotal />
                </tbody>
            </table>
        </>
    );
}
