import { wordsRange } from "#shared/domain/format/speed.ts";
import type { Judged } from "#shared/domain/recommend.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { SpeedGauge } from "../ui/SpeedGauge.tsx";
import { TermCard } from "../ui/TermCard.tsx";
import { VerdictBadge } from "../ui/VerdictBadge.tsx";
import { words } from "../words/words.ts";
import { PoolSum } from "./PoolSum.tsx";
import styles from "./SumDialog.module.css";

type Props = { judged: Judged; /** Why this model stands here. */ rule: string; onClose: () => void };

/** The arithmetic behind a verdict, in words, each line with how it is known. */
export function SumDialog({ judged: { model, verdict }, rule, onClose }: Props) {
    const said = words.firstRun;
    const { decode } = verdict;
    return (
        <Dialog title={said.sumTitle(model.name)} onClose={onClose}>
            <p className={styles.rule}>
                <VerdictBadge kind={verdict.kind} look="badge" /> {rule}
            </p>
            {verdict.pools.map((pool) => (
                <PoolSum key={pool.pool} pool={pool} />
            ))}
            {decode ? (
                <section className={styles.speed}>
                    <h3>{said.sumSpeed(wordsRange(decode))}</h3>
                    <SpeedGauge
                        predicted={{
                            low: decode.lowTokensPerSecond,
                            middle: decode.middleTokensPerSecond,
                            high: decode.highTokensPerSecond,
                        }}
                    />
                    <p className={styles.rule}>
                        {decode.origin === "measured" ? `${said.sumMeasured} ` : null}
                        {said.beforeToken} <TermCard term="token">{said.token}</TermCard>{" "}
                        {said.afterToken(
                            decode.bytesPerToken,
                            decode.bandwidthBytesPerSecond,
                            decode.limitedBy === "bandwidth",
                        )}
                    </p>
                </section>
            ) : null}
        </Dialog>
    );
}
