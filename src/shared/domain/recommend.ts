import type { CatalogModel } from "../schema/catalog.ts";
import type { Machine } from "../schema/machine.ts";
import type { Measurement } from "../schema/measurement.ts";
import type { SpeedModel } from "../schema/speed-model.ts";
import type { Verdict } from "../schema/verdict.ts";
import { bestSettings, judge } from "./fit/verdict.ts";
import { calibrate } from "./speed/calibrate.ts";

/** The conversation every verdict of the list and the pick start from (product.md, the pick). */
export const PICK_CONTEXT_TOKENS = 8192;
/** The pick writes at least so fast, by the middle of its range. */
const PICK_TOKENS_PER_SECOND = 8;

export type Judged = { model: CatalogModel; verdict: Verdict };

/** The first-run sentence (design.md 3.2), by the largest model that runs at reading pace. */
export type Headline = "large" | "medium" | "small" | "patience" | "tiny" | "not-yet";

export type Recommendation = {
    headline: Headline;
    pick: Judged | null;
    /** True where nothing reaches 8 tokens a second: the fastest that fits, and the card says so. */
    isFastestFallback: boolean;
    smaller: Judged | null;
    larger: Judged | null;
    /** Where nothing fits: what the smallest would need, in bytes, and what is free. */
    smallest: { model: CatalogModel; needBytes: number; freeBytes: number } | null;
};

const licenceOrder = { yes: 0, conditional: 1, no: 2 } as const;
const middleOf = ({ verdict }: Judged): number => verdict.decode?.middleTokensPerSecond ?? 0;
const sizeOf = ({ model }: Judged): number => model.shape?.fileBytes ?? Number.POSITIVE_INFINITY;

/** Best first: rank, then the more permissive licence, then the smaller file. */
function byRank(a: Judged, b: Judged): number {
    const rank = (judged: Judged) => judged.model.rank ?? Number.POSITIVE_INFINITY;
    if (rank(a) !== rank(b)) return rank(a) - rank(b);
    const licence = (judged: Judged) => licenceOrder[judged.model.license.commercialUse];
    return licence(a) - licence(b) || sizeOf(a) - sizeOf(b);
}

/** The verdict on a catalog model at the settings we would choose, narrowed by what was measured here. */
export function judgeModel(
    machine: Machine,
    model: CatalogModel,
    speedModel: SpeedModel,
    runs: Measurement[],
): Judged | null {
    if (!model.shape) return null;
    const verdict = judge(machine, model.shape, bestSettings(machine, model.shape, PICK_CONTEXT_TOKENS), speedModel);
    return {
        model,
        verdict: verdict.decode ? { ...verdict, decode: calibrate(verdict.decode, runs, model.id) } : verdict,
    };
}

const isPinned = (model: CatalogModel): boolean =>
    model.variants.some((variant) => variant.isDefault && variant.isPinned);
/** Anything wholly in memory, quick or not. */
const isHeld = ({ verdict }: Judged): boolean =>
    verdict.kind === "fits" || verdict.kind === "tight" || verdict.kind === "slow";

/**
 * Our pick: the highest-ranked pinned chat model that Fits at 8,192 tokens wholly in the fastest memory, with a middle of
 * at least 8 tokens a second; if there is none, the fastest that fits (product.md). One smaller and one larger beside it.
 */
export function recommend(
    machine: Machine,
    catalog: CatalogModel[],
    speedModel: SpeedModel,
    runs: Measurement[],
): Recommendation {
    const judged = catalog
        .filter(
            (model) =>
                model.kind === "chat" &&
                !model.isStarter &&
                model.rank !== null &&
                isPinned(model) &&
                model.license.commercialUse !== "no",
        )
        .map((model) => judgeModel(machine, model, speedModel, runs))
        .filter((one) => one !== null)
        .toSorted(byRank);
    const good = judged.filter((one) => one.verdict.kind === "fits" && one.verdict.isInFastestMemory);
    const quick = good.find((one) => middleOf(one) >= PICK_TOKENS_PER_SECOND);
    const held = judged.filter(isHeld);
    const pool =
        [good, held.filter((one) => one.verdict.isInFastestMemory), held].find((candidates) => candidates.length > 0) ??
        [];
    const fastest = pool.toSorted((a, b) => middleOf(b) - middleOf(a))[0];
    const pick = quick ?? fastest ?? null;
    const smaller =
        pick &&
        held.filter((one) => sizeOf(one) < sizeOf(pick) * 0.75 && middleOf(one) > middleOf(pick)).toSorted(byRank)[0];
    const larger =
        pick &&
        held
            .filter((one) => sizeOf(one) > sizeOf(pick) * 1.15 && middleOf(one) < middleOf(pick))
            .toSorted(
                (a, b) => Number(a.verdict.kind === "slow") - Number(b.verdict.kind === "slow") || byRank(a, b),
            )[0];
    return {
        headline: headlineFor(good, held),
        pick,
        isFastestFallback: pick !== null && quick === undefined,
        smaller: smaller ?? null,
        larger: larger ?? null,
        smallest: pick ? null : smallestNeed(judged),
    };
}

/** By what fits wholly in the fastest memory at reading pace: up to 5 billion parameters is small, up to 20 medium. */
function headlineFor(good: Judged[], held: Judged[]): Headline {
    const parameters = ({ model }: Judged): number => model.shape?.parameterCount ?? 0;
    const most = Math.max(0, ...good.map(parameters));
    if (most > 20e9) return "large";
    if (most > 5e9) return "medium";
    if (most > 1.5e9)
        return good.some((one) => middleOf(one) >= PICK_TOKENS_PER_SECOND && parameters(one) > 1.5e9)
            ? "small"
            : "patience";
    if (most > 0) return "tiny";
    return held.length > 0 ? "patience" : "not-yet";
}

function smallestNeed(judged: Judged[]): Recommendation["smallest"] {
    const needs = judged.flatMap(({ model, verdict }) => {
        const worst = verdict.pools.toSorted((a, b) => b.needBytes - b.freeBytes - (a.needBytes - a.freeBytes))[0];
        return worst ? [{ model, needBytes: worst.needBytes, freeBytes: worst.freeBytes }] : [];
    });
    return needs.toSorted((a, b) => a.needBytes - b.needBytes)[0] ?? null;
}
