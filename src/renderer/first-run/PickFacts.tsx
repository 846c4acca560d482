import { READING_WORDS_PER_SECOND, toWords, wordsRange } from "#shared/domain/format/speed.ts";
import type { Judged } from "#shared/domain/recommend.ts";
import { MemoryBar } from "../ui/MemoryBar.tsx";
import { chamberOf, roundPool } from "../ui/memory-segments.ts";
import { OriginMark } from "../ui/OriginMark.tsx";
import { SpeedGauge } from "../ui/SpeedGauge.tsx";
import { TermCard } from "../ui/TermCard.tsx";
import { VerdictBadge } from "../ui/VerdictBadge.tsx";
import { words } from "../words/words.ts";
import styles from "./PickFacts.module.css";

type Props = {
    pick: Judged;
    /** There is a card, and the plan leaves it out: then the memory is named. */ isWithoutCard: boolean;
};

/** Memory, speed and download of one model on this computer. */
export function PickFacts({ pick: { model, verdict }, isWithoutCard }: Props) {
    const said = words.firstRun;
    const pool = verdict.pools[0];
    const rounded = pool && roundPool(pool);
    // From the rounded figures, so that what is left is what they leave.
    const leftTenths = rounded ? (verdict.kind === "tight" ? rounded.free : rounded.usable) - rounded.need : 0;
    const leftBytes = Math.max(0, (leftTenths / 10) * 2 ** 30);
    const { decode } = verdict;
    const sizeBytes = model.variants.find(({ isDefault }) => isDefault)?.totalSizeBytes ?? null;
    return (
        <dl className={styles.rows}>
            {pool ? (
                <div>
                    <dt>
                        <span>{isWithoutCard ? said.sumPool[pool.pool] : said.memoryLabel}</span>
                    </dt>
                    <dd>
                        <p className={styles.value}>
                            <span>
                                <VerdictBadge kind={verdict.kind} />{" "}
                                {verdict.kind === "tight" ? said.spareTight(leftBytes) : said.spare(leftBytes)}
                            </span>
                            <bdi>{said.need(pool.needBytes, pool.usableBytes)}</bdi>
                        </p>
                        <MemoryBar name={said.sumPool[pool.pool]} chamber={chamberOf(pool)} legend="names" />
                    </dd>
                </div>
            ) : null}
            <div>
                <dt>
                    <span>{said.speedLabel}</span>
                    {decode ? (
                        <TermCard term={decode.origin === "measured" ? "measured" : "estimate"}>
                            <OriginMark origin={decode.origin} />
                        </TermCard>
                    ) : null}
                </dt>
                <dd>
                    {decode ? (
                        <>
                            <p className={styles.value}>
                                <bdi>
                                    <strong>{said.speed(wordsRange(decode))}</strong>
                                    {said.speedPace(toWords(decode.middleTokensPerSecond) >= READING_WORDS_PER_SECOND)}
                                </bdi>
                            </p>
                            <SpeedGauge
                                predicted={{
                                    low: decode.lowTokensPerSecond,
                                    middle: decode.middleTokensPerSecond,
                                    high: decode.highTokensPerSecond,
                                }}
                            />
                        </>
                    ) : (
                        <p>{said.noSpeed}</p>
                    )}
                </dd>
            </div>
            {sizeBytes === null ? null : (
                <div>
                    <dt>
                        <span>{said.downloadLabel}</span>
                    </dt>
                    <dd>
                        <p>
                            <bdi>
                                <strong>{said.size(sizeBytes)}</strong>
                                {said.once}
                            </bdi>
                        </p>
                        <p className={styles.note}>{said.lines(sizeBytes)}</p>
                    </dd>
                </div>
            )}
        </dl>
    );
}
