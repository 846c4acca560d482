import { formatGibibytes } from "#shared/domain/format/bytes.ts";
import type { Judged } from "#shared/domain/recommend.ts";
import type { MemoryPool } from "#shared/schema/verdict.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { roundPool } from "../ui/memory-segments.ts";
import { OriginMark } from "../ui/OriginMark.tsx";
import { locale, words } from "../words/words.ts";
import styles from "./SumDialog.module.css";

const gibibytes = (tenths: number) => formatGibibytes((tenths / 10) * 2 ** 30, locale);

function PoolSum({ pool }: { pool: MemoryPool }) {
    const said = words.firstRun;
    const rounded = roundPool(pool);
    return (
        <table className={styles.sum}>
            <caption>
                {said.sumPool[pool.pool]}, {said.sumUnit}
            </caption>
            <tbody>
                {pool.parts.map(({ part, origin }, index) => (
                    <tr key={part}>
                        <th scope="row">{said.sumPart[part]}</th>
                        <td>{gibibytes(rounded.parts[index] ?? 0)}</td>
                        <td>
                            <OriginMark
                                origin={origin}
                                words={origin === "read" ? words.origin.readFromFile : words.origin[origin]}
                            />
                        </td>
                    </tr>
                ))}
                <tr data-total="">
                    <th scope="row">{said.sumNeed}</th>
                    <td>{gibibytes(rounded.need)}</td>
                    <td />
                </tr>
                <tr>
                    <th scope="row">{said.sumFree}</th>
                    <td>{gibibytes(rounded.free)}</td>
                    <td />
                </tr>
                <tr>
                    <th scope="row">{said.sumReserve}</th>
                    <td>{gibibytes(rounded.reserve)}</td>
                    <td />
                </tr>
                <tr data-total="">
                    <th scope="row">{said.sumUsable}</th>
                    <td>{gibibytes(rounded.usable)}</td>
                    <td />
                </tr>
            </tbody>
        </table>
    );
}

/** The arithmetic behind a verdict, in words, each line with how it is known. */
export function SumDialog({ judged: { model, verdict }, onClose }: { judged: Judged; onClose: () => void }) {
    const said = words.firstRun;
    return (
        <Dialog title={said.sumTitle(model.name)} onClose={onClose}>
            <p className={styles.rule}>{said.sumRule}</p>
            {verdict.pools.map((pool) => (
                <PoolSum key={pool.pool} pool={pool} />
            ))}
            {verdict.decode ? (
                <p className={styles.rule}>
                    {said.sumSpeed(verdict.decode.bytesPerToken, verdict.decode.bandwidthBytesPerSecond)}
                </p>
            ) : null}
        </Dialog>
    );
}
