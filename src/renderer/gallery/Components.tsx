import { X } from "lucide-react";
import { failureExamples } from "../app/failures.fixtures.ts";
import { failureWords } from "../app/failures.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Fire } from "../ui/Fire.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { MemoryBar } from "../ui/MemoryBar.tsx";
import { Notice } from "../ui/Notice.tsx";
import { OriginMark } from "../ui/OriginMark.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { SpeedGauge } from "../ui/SpeedGauge.tsx";
import { TermCard, type TermName } from "../ui/TermCard.tsx";
import { VerdictBadge } from "../ui/VerdictBadge.tsx";
import { words } from "../words/words.ts";
import { chamberExamples, gaugeExamples } from "./examples.fixtures.ts";
import styles from "./Gallery.module.css";

const kinds = ["primary", "normal", "quiet", "danger"] as const;
const verdicts = ["fits", "tight", "slow", "wont-fit", "cant-say"] as const;
const origins = ["read", "measured", "published", "estimated", "corrected"] as const;
const fires = ["out", "loading", "lit", "writing"] as const;
const terms = Object.keys(words.glossary) as TermName[];

/** Every component and every failure in every state, in one look. */
export const Components = ({ look }: { look: "light" | "dark" }) => (
    <section className={styles.look} data-look={look} aria-label={look}>
        {kinds.map((kind) => (
            <div key={kind} className={styles.row}>
                <Button kind={kind}>{words.home.scanAgain}</Button>
                <Button kind={kind} isBusy>
                    {words.home.scanning}
                </Button>
                <Button kind={kind} isDisabled>
                    {words.home.scanAgain}
                </Button>
                <Button kind={kind} size="small">
                    {words.home.correct}
                </Button>
            </div>
        ))}
        <div className={styles.row}>
            {verdicts.map((kind) => (
                <VerdictBadge key={kind} kind={kind} look="badge" />
            ))}
        </div>
        <div className={styles.row}>
            {verdicts.map((kind) => (
                <VerdictBadge key={kind} kind={kind} />
            ))}
        </div>
        <div className={styles.row}>
            {origins.map((origin) => (
                <OriginMark key={origin} origin={origin} />
            ))}
        </div>
        <div className={styles.row}>
            {terms.map((term) => (
                <TermCard key={term} term={term} />
            ))}
            <IconButton name={words.frame.close} onClick={() => undefined}>
                <X aria-hidden="true" size={18} strokeWidth={1.6} />
            </IconButton>
        </div>
        <div className={styles.row}>
            {fires.map((state) => (
                <Fire key={state} state={state} />
            ))}
        </div>
        {Object.entries(chamberExamples).map(([name, chamber]) => (
            <div key={name} className={styles.bars}>
                <MemoryBar name={name} chamber={chamber} legend="figures" hasRuler />
                <MemoryBar name={name} chamber={chamber} size="row" />
            </div>
        ))}
        {Object.entries(gaugeExamples).map(([name, gauge]) => (
            <SpeedGauge key={name} {...gauge} />
        ))}
        <Skeleton>{words.home.looking}</Skeleton>
        <EmptyState sentence={words.home.noChats} />
        <Notice kind="info">{words.firstRun.later}</Notice>
        {failureExamples.map((failure) => {
            const { sentence, button } = failureWords(failure);
            return (
                <Notice key={failure.code} kind="tight" action={<Button>{button}</Button>}>
                    <code>{failure.code}</code> {sentence}
                </Notice>
            );
        })}
    </section>
);
