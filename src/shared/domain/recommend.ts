import type { CatalogModel } from "../schema/catalog.ts";
import type { Gpu, Machine } from "../schema/machine.ts";
import type { Measurement } from "../schema/measurement.ts";
import type { SpeedModel } from "../schema/speed-model.ts";
import type { Verdict } from "../schema/verdict.ts";
import { bestSettings, judge } from "./fit/verdict.ts";
import { calibrate } from "./speed/calibrate.ts";
import { deviceKeyOf } from "./speed/device-key.ts";

/** The conversation every verdict of the list and the pick start from (product.md, the pick). */
export const PICK_CONTEXT_TOKENS = 8192;
/** The pick writes at least so fast, by the middle of its range. */
const PICK_TOKENS_PER_SECOND = 8;

export type Judged = { model: CatalogModel; verdict: Verdict };

/** The first-run sentence (design.md 3.2), by the largest model that runs at reading pace. */
export type Headline = "large" | "medium" | "small" | "patience" | "tiny" | "not-yet";

/** Why this pick, for the sentence. */
export type PickReason = {
    /** `highest-ranked` of those that fit and are quick; `fastest` where none is quick. */
    kind: "highest-ranked" | "fastest";
    /** How many models fit wholly in the fastest memory and are quick, the pick among them. */
    fittingCount: number;
    memory: "gpu" | "shared" | "main";
    /** True where there is a card that holds no model whole, or whose speed is not known: the plan leaves it out. */
    isWithoutCard: boolean;
};

export type Recommendation = {
    headline: Headline;
    pick: Judged | null;
    reason: PickReason | null;
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
function judgeModel(machine: Machine, model: CatalogModel, speedModel: SpeedModel, runs: Measurement[]): Judged | null {
    if (!model.shape) return null;
    const verdict = judge(machine, model.shape, bestSettings(machine, model.shape, PICK_CONTEXT_TOKENS), speedModel);
    // A described machine was never measured.
    if (!verdict.decode || machine.kind === "described") return { model, verdict };
    const { settings } = verdict;
    const predicted = { modelId: model.id, settings, deviceKey: deviceKeyOf(machine, settings) };
    return { model, verdict: { ...verdict, decode: calibrate(verdict.decode, runs, predicted) } };
}

const isPinned = (model: CatalogModel): boolean =>
    model.variants.some((variant) => variant.isDefault && variant.isPinned);
/** Anything wholly in memory, quick or not. */
const isHeld = ({ verdict }: Judged): boolean =>
    verdict.kind === "fits" || verdict.kind === "tight" || verdict.kind === "slow";

/** Ranked, pinned chat models whose licence lets anyone use them; the practice model is here already. */
const isCandidate = (model: CatalogModel): boolean =>
    model.kind === "chat" &&
    !model.isStarter &&
    model.rank !== null &&
    isPinned(model) &&
    model.license.commercialUse !== "no";

const isGood = ({ verdict }: Judged): boolean => verdict.kind === "fits" && verdict.isInFastestMemory;

const memoryOf = (card: Gpu | undefined): PickReason["memory"] =>
    card === undefined ? "main" : card.isUnified.value ? "shared" : "gpu";

const judgeAll = (machine: Machine, models: CatalogModel[], speedModel: SpeedModel, runs: Measurement[]): Judged[] =>
    models
        .map((model) => judgeModel(machine, model, speedModel, runs))
        .filter((one) => one !== null)
        .toSorted(byRank);

/**
 * The machine that plans are made for and models are loaded on. A card that holds none of our models whole, or whose speed is
 * not known, is left out: then main memory is the fastest there is. The machine itself where its card is used, or has none.
 */
export function planMachine(machine: Machine, catalog: CatalogModel[], speedModel: SpeedModel): Machine {
    const isCardUseful =
        machine.gpus.length === 0 || judgeAll(machine, catalog.filter(isCandidate), speedModel, []).some(isGood);
    return isCardUseful ? machine : { ...machine, gpus: [] };
}

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
    const planned = planMachine(machine, catalog, speedModel);
    const isWithoutCard = planned !== machine;
    const judged = judgeAll(planned, catalog.filter(isCandidate), speedModel, runs);
    const good = judged.filter(isGood);
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
        reason: pick && {
            kind: quick ? "highest-ranked" : "fastest",
            fittingCount: good.filter((one) => middleOf(one) >= PICK_TOKENS_PER_SECOND).length,
            memory: memoryOf(isWithoutCard ? undefined : machine.gpus[0]),
            isWithoutCard,
        },
        isFastestFallback: pick !== null && quick === undefined,
        smaller: smaller ?? null,
        larger: larger ?? null,
        smallest: pick ? null : smallestNeed(judged),
    };
}

/** Sizes from which models are called small, medium and large, in parameters. */
const SIZES = { small: 1.5e9, medium: 5e9, large: 20e9 };

/** Parameters by which a model's size is felt: tables that are only looked up (Gemma's E models) do not count. */
const parametersOf = ({ model: { shape } }: Judged): number =>
    (shape?.experts ? shape.parameterCount : (shape?.activeParameterCount ?? shape?.parameterCount)) ?? 0;

/** By the largest that fits wholly in the fastest memory and is quick; below that, by what writes at reading pace. */
function headlineFor(good: Judged[], held: Judged[]): Headline {
    const largest = (judged: Judged[]): number => Math.max(0, ...judged.map(parametersOf));
    const quick = largest(good.filter((one) => middleOf(one) >= PICK_TOKENS_PER_SECOND));
    if (quick > SIZES.large) return "large";
    if (quick > SIZES.medium) return "medium";
    if (quick > SIZES.small) return "small";
    if (largest(good) > SIZES.small) return "patience";
    return held.length > 0 ? "tiny" : "not-yet";
}

function smallestNeed(judged: Judged[]): Recommendation["smallest"] {
    const needs = judged.flatMap(({ model, verdict }) => {
        if (verdict.kind !== "wont-fit") return [];
        const worst = verdict.pools.toSorted((a, b) => b.needBytes - b.freeBytes - (a.needBytes - a.freeBytes))[0];
        return worst ? [{ model, needBytes: worst.needBytes, freeBytes: worst.freeBytes }] : [];
    });
    return needs.toSorted((a, b) => a.needBytes - b.needBytes)[0] ?? null;
}
