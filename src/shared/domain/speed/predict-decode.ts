import type { Machine } from "../../schema/machine.ts";
import type { ModelShape } from "../../schema/model-shape.ts";
import type { RunSettings } from "../../schema/run-settings.ts";
import type { SpeedModel } from "../../schema/speed-model.ts";
import type { SpeedRange } from "../../schema/verdict.ts";
import { conversationBytes } from "../fit/kv-cache.ts";
import { architectureKind } from "./architecture-kind.ts";
import { meanFactor } from "./quantization-factor.ts";
import { gpuShare, readBytesPerToken } from "./read-bytes.ts";
import { readCard, readProcessor, type Side } from "./sides.ts";

/** Own runs: a processor core reads the cache at 3.5 to 7 GB/s whatever the bandwidth (hardware/README.md section 3). */
const CACHE_BYTES_PER_SECOND_PER_CORE = 5e9;
/** Least spreads: with experts, and with a model split between card and processor (section 4). */
const EXPERT_SPREAD = 0.22;
const SPLIT_SPREAD = 0.35;
/** Tokens already in the conversation for which a first prediction is made. */
const TYPICAL_DEPTH_TOKENS = 512;
/** Shares of a token's time from which a term is the reason (section 2). */
const REASON_FROM = { bandwidth: 0.7, conversation: 0.3, overhead: 0.4 } as const;

type Terms = Record<SpeedRange["limitedBy"], number>;

/**
 * Words the model writes: tokens a second as a range that holds 80 % of cases,
 * t = W/(B·eta·phi) + K/(B·eta·kappa) + layers·tau·a (hardware/README.md section 2), summed over card and processor. Null
 * where a bandwidth is unknown: none is invented.
 */
export function predictDecode(
    machine: Machine,
    shape: ModelShape,
    settings: RunSettings,
    speedModel: SpeedModel,
    depthTokens = TYPICAL_DEPTH_TOKENS,
): SpeedRange | null {
    const { decode } = speedModel;
    const card = machine.gpus[0] ?? null;
    const share = card ? gpuShare(shape, settings.gpuLayers) : { weights: 0, layers: 0 };
    const usesCard = share.weights > 0;
    const usesProcessor = share.weights < 1;
    const cardSide = card && usesCard ? readCard(machine, card, speedModel) : null;
    const processorSide = usesProcessor ? readProcessor(machine, speedModel) : null;
    if ((usesCard && !cardSide) || (usesProcessor && !processorSide)) return null;

    const bytesPerToken = readBytesPerToken(shape);
    const cachedBytes = conversationBytes(shape, settings.cacheType, depthTokens);
    const overhead = decode.overhead_factor[architectureKind(shape)] ?? 1;
    const layers = shape.layers.filter((kind) => shape.layerKinds[kind]?.isLoaded).length;
    const terms: Terms = { bandwidth: 0, conversation: 0, overhead: 0 };
    const add = (side: Side, part: typeof share, phi: Record<string, number>, cacheBytesPerSecond: number) => {
        terms.bandwidth += (bytesPerToken * part.weights) / (side.bytesPerSecond * meanFactor(shape, phi));
        terms.conversation += (cachedBytes * part.layers) / cacheBytesPerSecond;
        terms.overhead += layers * part.layers * side.microsecondsPerLayer * 1e-6 * overhead;
    };
    if (cardSide) add(cardSide, share, decode.phi_gpu, cardSide.bytesPerSecond * decode.kappa.gpu);
    if (processorSide) {
        const cacheRate = Math.min(processorSide.bytesPerSecond, CACHE_BYTES_PER_SECOND_PER_CORE * settings.threads);
        add(processorSide, { weights: 1 - share.weights, layers: 1 - share.layers }, decode.phi_cpu, cacheRate);
    }
    const seconds = terms.bandwidth + terms.conversation + terms.overhead;
    const named = processorSide && share.weights < 0.5 ? processorSide : (cardSide ?? processorSide);
    if (!named || !(seconds > 0) || !Number.isFinite(seconds)) return null;
    const spread = Math.max(
        cardSide?.spread ?? 0,
        processorSide?.spread ?? 0,
        shape.experts ? EXPERT_SPREAD : 0,
        cardSide && processorSide ? SPLIT_SPREAD : 0,
    );
    const factor = Math.exp(decode.z80 * spread);
    return {
        lowTokensPerSecond: 1 / seconds / factor,
        middleTokensPerSecond: 1 / seconds,
        highTokensPerSecond: (1 / seconds) * factor,
        coverage: 0.8,
        confidence: confidenceOf(spread),
        origin: "estimated",
        limitedBy: reasonFor(terms, seconds),
        bytesPerToken,
        bandwidthBytesPerSecond: named.peakBytesPerSecond,
    };
}

/** Label of a spread: up to 0.25 good, up to 0.35 fair, above rough (section 8). */
export const confidenceOf = (spread: number): SpeedRange["confidence"] =>
    spread <= 0.25 ? "good" : spread <= 0.35 ? "fair" : "rough";

/** The term that stands out most against the share from which it is the reason. */
function reasonFor(terms: Terms, seconds: number): SpeedRange["limitedBy"] {
    const weight = (reason: SpeedRange["limitedBy"]) => terms[reason] / seconds / REASON_FROM[reason];
    return (
        (["bandwidth", "conversation", "overhead"] as const).toSorted((a, b) => weight(b) - weight(a))[0] ?? "bandwidth"
    );
}
