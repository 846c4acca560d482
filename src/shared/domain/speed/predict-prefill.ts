import type { Device } from "../../schema/device.ts";
import type { Machine } from "../../schema/machine.ts";
import type { ModelShape } from "../../schema/model-shape.ts";
import type { RunSettings } from "../../schema/run-settings.ts";
import type { SpeedModel } from "../../schema/speed-model.ts";
import { architectureKind } from "./architecture-kind.ts";
import { readBytesPerToken } from "./read-bytes.ts";
import { classKey } from "./sides.ts";

/** How long a prompt is read, in milliseconds; `low` to `high` holds about 80 % of cases. Shown as "about". */
export type PrefillTime = { lowMilliseconds: number; middleMilliseconds: number; highMilliseconds: number };

/** Tokens the engine reads at once on a card, and the cost of each such step (hardware/README.md section 6). */
const STEP_TOKENS = 512;
const STEP_BANDWIDTH_SHARE = 0.75;
const SECONDS_PER_STEP_AND_LAYER = 100e-6;
/** Pascal computes in 8-bit integers; no row calibrates it (section 6). */
const PASCAL = { eta: 0.35, spread: 0.6 };
/** Beyond so many tokens in the conversation the fit is not to be trusted. */
const DEEP_TOKENS = 8000;
const DEEP_SPREAD = 0.6;
/** Apple's eta counts operations a second per graphics core, in 10¹². */
const APPLE_CORE = 1e12;

/**
 * How long this machine reads a prompt of `promptTokens` after `depthTokens` that are kept. `device` is the table's row of
 * the card. Null where a figure is missing, and for a model split between card and processor, where the bus decides.
 */
export function predictPrefill(
    machine: Machine,
    shape: ModelShape,
    settings: RunSettings,
    {
        speedModel,
        device,
        promptTokens,
        depthTokens = 0,
    }: {
        speedModel: SpeedModel;
        device: Device | null;
        promptTokens: number;
        depthTokens?: number;
    },
): PrefillTime | null {
    const active = activeParameters(shape);
    if (active === null || promptTokens <= 0) return null;
    const { prefill, decode } = speedModel;
    if (settings.gpuLayers === 0 || machine.gpus.length === 0) {
        const rate = prefill.cpu_total_gflops[machine.cpu.deviceClass ?? ""];
        if (!rate) return null;
        const milliseconds = (gflops: number) => ((2 * active * promptTokens) / (gflops * 1e9)) * 1000;
        return {
            lowMilliseconds: milliseconds(rate.p90),
            middleMilliseconds: milliseconds(rate.median),
            highMilliseconds: milliseconds(rate.p10),
        };
    }
    const card = machine.gpus[0];
    const bandwidth = card?.bandwidthBytesPerSecond?.value;
    if (!card || !device || !bandwidth || settings.gpuLayers <= shape.layers.length) return null;
    const rate = computeRate(classKey(card), device, speedModel);
    if (!rate) return null;
    const kind = architectureKind(shape);
    const layers = shape.layers.length;
    const fullLayers = shape.layers.filter((index) => shape.layerKinds[index]?.cache?.windowTokens === 0).length;
    const width = shape.isMla ? shape.embeddingLength : shape.headCount * shape.keyLength;
    const attention = 4 * width * prefill.alpha_attention * fullLayers * (depthTokens + promptTokens / 2);
    const efficiency =
        (prefill.psi_quant[psiKey(shape.mainTensorType)] ?? 1) *
        (prefill.chi_arch[kind] ?? 1) *
        (settings.useFlashAttention ? 1 : prefill.no_flash_attention);
    const steps = Math.ceil(promptTokens / STEP_TOKENS);
    const seconds =
        (promptTokens * (2 * active + attention)) / (rate.operationsPerSecond * efficiency) +
        (steps * touchedBytes(shape)) / (STEP_BANDWIDTH_SHARE * bandwidth) +
        steps * layers * SECONDS_PER_STEP_AND_LAYER;
    const spread = depthTokens > DEEP_TOKENS ? Math.max(DEEP_SPREAD, rate.spread) : rate.spread;
    const factor = Math.exp(decode.z80 * spread);
    const middleMilliseconds = seconds * 1000;
    return {
        lowMilliseconds: middleMilliseconds / factor,
        middleMilliseconds,
        highMilliseconds: middleMilliseconds * factor,
    };
}

/** Operations a second that a class reaches, C·eta, and how sure. */
function computeRate(
    key: string | null,
    device: Device,
    { prefill }: SpeedModel,
): { operationsPerSecond: number; spread: number } | null {
    if (device.class === "nvidia-pascal")
        return device.int8OperationsPerSecond
            ? { operationsPerSecond: device.int8OperationsPerSecond * PASCAL.eta, spread: PASCAL.spread }
            : null;
    const fit = key === null ? undefined : prefill.classes[key];
    const peak = key?.startsWith("apple") ? device.gpuCores && device.gpuCores * APPLE_CORE : device.fp16FlopsPerSecond;
    return fit && peak ? { operationsPerSecond: peak * fit.eta, spread: fit.s } : null;
}

/** A: parameters read for one token, from the file's own sums where no publisher states them. */
function activeParameters(shape: ModelShape): number | null {
    if (shape.activeParameterCount !== null) return shape.activeParameterCount;
    const allBytes = Object.values(shape.bytesByType).reduce((sum, bytes) => sum + bytes, 0);
    return shape.parameterCount !== null && allBytes > 0
        ? (shape.parameterCount * readBytesPerToken(shape)) / allBytes
        : null;
}

/** Weights that one step of 512 tokens touches: nearly every expert is met. */
function touchedBytes(shape: ModelShape): number {
    const used = shape.experts && shape.experts.count > 0 ? shape.experts.usedPerToken / shape.experts.count : 1;
    const share = 1 - (1 - used) ** STEP_TOKENS;
    return shape.layers.reduce((sum, index) => {
        const kind = shape.layerKinds[index];
        return sum + (kind?.isLoaded ? kind.weightBytes - kind.expertBytes * (1 - share) : 0);
    }, shape.outputBytes);
}

/** Key of psi_quant in speed-model.json, by the beginning of a tensor type's name; all else is a K-quant. */
const psiKeys: [start: string, key: string][] = [
    ["F16", "f16"],
    ["BF16", "f16"],
    ["F32", "f16"],
    ["Q8", "q8"],
    ["Q4_0", "q4_0"],
    ["Q4_1", "q4_0"],
    ["MXFP4", "q4_0"],
    ["IQ", "iq"],
];

const psiKey = (type: string): string => psiKeys.find(([start]) => type.startsWith(start))?.[1] ?? "kq";

/** Time to the first token of a loaded model: the prompt is read, and one token written (section 7). */
export const timeToFirstTokenMilliseconds = (prefill: PrefillTime, decodeTokensPerSecond: number): PrefillTime => ({
    lowMilliseconds: prefill.lowMilliseconds + 1000 / decodeTokensPerSecond,
    middleMilliseconds: prefill.middleMilliseconds + 1000 / decodeTokensPerSecond,
    highMilliseconds: prefill.highMilliseconds + 1000 / decodeTokensPerSecond,
});
