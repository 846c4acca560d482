import type { PlanChange } from "#shared/domain/plan-change.ts";
import type { Headline, Recommendation } from "#shared/domain/recommend.ts";
import { roundRange, roundSpeed, toWords } from "#shared/domain/format/speed.ts";
import { Notice } from "../ui/Notice.tsx";
import { words } from "../words/words.ts";

const headlineOrder: Headline[] = ["not-yet", "tiny", "patience", "small", "medium", "large"];

/** What is another now, in one sentence: the pick, its verdict, or what we expect of the whole computer. */
function saidOf(before: Recommendation, now: Recommendation): string {
    const said = words.plan;
    const [was, is] = [before.pick, now.pick];
    if (was && is && was.model.id !== is.model.id) return said.pickChanged(was.model.name, is.model.name);
    if (was && !is) return said.pickGone(was.model.name);
    if (!was && is) return said.pickNew(is.model.name);
    if (was && is && was.verdict.kind !== is.verdict.kind)
        return said.verdictChanged(is.model.name, words.verdict[was.verdict.kind], words.verdict[is.verdict.kind]);
    const hasFallen = headlineOrder.indexOf(now.headline) < headlineOrder.indexOf(before.headline);
    return hasFallen ? said.lessHere : said.moreHere;
}

/** Why this plan is another one than before: which answer, how far it was from our prediction, and what it changed. */
export function PlanNote({ change, now }: { change: PlanChange; now: Recommendation }) {
    const said = words.plan;
    const { by, isSlower, run, before } = change;
    const { predictedLowTokensPerSecond: low, predictedHighTokensPerSecond: high } = run;
    if (low === null || high === null) return null;
    const predicted = roundRange(toWords(low), toWords(high));
    const measured = roundSpeed(toWords(run.measuredTokensPerSecond));
    return (
        <Notice kind="info">
            {said.cause({ by, isSlower, predicted, measured })} {saidOf(before, now)}{" "}
            {before.headline === now.headline ? null : said.saidBefore(words.firstRun.headlines[before.headline])}
        </Notice>
    );
}
