import type { Machine } from "../../schema/machine.ts";
import type { ModelShape } from "../../schema/model-shape.ts";
import type { RunSettings } from "../../schema/run-settings.ts";
import type { SpeedModel } from "../../schema/speed-model.ts";
import type { CantSayReason, MemoryPool, SpeedRange, Verdict } from "../../schema/verdict.ts";
import { predictDecode } from "../speed/predict-decode.ts";
import { estimateMemory, sumParts } from "./estimate.ts";
import { poolsFor, usedGpu } from "./pools.ts";

/** Below this middle of the range a model writes slower than most people read (product.md, the verdict). */
const SLOW_TOKENS_PER_SECOND = 5;

/**
 * The verdict on a model with these settings on this machine; one function for every screen and for the load guard.
 * First match wins: Can't say, Won't fit (need > free), Slow (middle < 5 tokens/s), Tight (need > usable), Fits.
 */
export function judge(machine: Machine, shape: ModelShape, settings: RunSettings, speedModel: SpeedModel): Verdict {
    const say = (
        kind: Verdict["kind"],
        pools: MemoryPool[],
        decode: SpeedRange | null,
        cantSay: CantSayReason | null,
    ): Verdict => ({
        kind,
        cantSay,
        settings,
        pools,
        decode,
        isInFastestMemory: isInFastestMemory(machine, shape, settings),
    });
    const estimate = estimateMemory(shape, settings);
    if ("cantSay" in estimate) return say("cant-say", [], null, estimate.cantSay);
    const card = usedGpu(machine);
    if (machine.memory.totalBytes.value === 0 || (settings.gpuLayers > 0 && card?.totalBytes.value === 0))
        return say("cant-say", [], null, "unknown-memory");
    const pools = poolsFor(machine, estimate.gpu, estimate.main);
    if (pools.some(({ needBytes }) => !Number.isFinite(needBytes) || needBytes < 0))
        return say("cant-say", [], null, "unknown-geometry");
    const isOverCardLimit = card?.isUnified.value === true && sumParts(estimate.gpu) > card.totalBytes.value;
    if (isOverCardLimit || pools.some(({ needBytes, freeBytes }) => needBytes > freeBytes))
        return say("wont-fit", pools, null, null);
    const decode = predictDecode(machine, shape, settings, speedModel);
    if (decode === null) return say("cant-say", pools, null, "unknown-speed");
    if (decode.middleTokensPerSecond < SLOW_TOKENS_PER_SECOND) return say("slow", pools, decode, null);
    const isTight = pools.some(({ needBytes, usableBytes }) => needBytes > usableBytes);
    return say(isTight ? "tight" : "fits", pools, decode, null);
}

/** Graphics memory where there is a card; where memory is unified, or there is no card, main memory is the only one. */
const isInFastestMemory = (machine: Machine, shape: ModelShape, { gpuLayers }: RunSettings): boolean => {
    const card = usedGpu(machine);
    return card === null || card.isUnified.value || gpuLayers > shape.layers.length;
};

/**
 * The settings a verdict starts from: everything on the card if it fits there with the reserve untouched, else as many
 * layers as do, else the processor alone. The context is never longer than the model was trained for.
 */
export function bestSettings(machine: Machine, shape: ModelShape, contextTokens: number): RunSettings {
    const base: RunSettings = {
        contextTokens: Math.max(
            256,
            shape.contextTrainedTokens > 0 ? Math.min(contextTokens, shape.contextTrainedTokens) : contextTokens,
        ),
        cacheType: "f16",
        gpuLayers: 0,
        useFlashAttention: true,
        threads: machine.threads.value,
        batchTokens: 512,
    };
    const card = usedGpu(machine);
    if (!card) return base;
    const fits = (gpuLayers: number): boolean => {
        const estimate = estimateMemory(shape, { ...base, gpuLayers });
        if ("cantSay" in estimate) return false;
        const isWithinCard = !card.isUnified.value || sumParts(estimate.gpu) <= card.totalBytes.value;
        return (
            isWithinCard &&
            poolsFor(machine, estimate.gpu, estimate.main).every(
                ({ pool: name, needBytes, usableBytes }) =>
                    (name === "main" && !card.isUnified.value) || needBytes <= usableBytes,
            )
        );
    };
    let low = 0;
    let high = shape.layers.length + 1;
    if (fits(high)) return { ...base, gpuLayers: high };
    // The need grows with each layer, so the most that fits is found by halving.
    while (low < high - 1) {
        const middle = Math.floor((low + high) / 2);
        if (fits(middle)) low = middle;
        else high = middle;
    }
    return { ...base, gpuLayers: low };
}
