import type { Gpu, Machine } from "../../schema/machine.ts";
import type { ModelShape } from "../../schema/model-shape.ts";
import type { RunSettings } from "../../schema/run-settings.ts";
import type { SpeedModel } from "../../schema/speed-model.ts";
import type { SpeedRange } from "../../schema/verdict.ts";
import { growingBytesPerToken } from "../fit/kv-cache.ts";
import { gpuShare, readBytesPerToken } from "./read-bytes.ts";

/** What one side (card or processor) offers: an effective bandwidth and a fixed cost a layer. */
type Side = {
    bytesPerSecond: number;
    peakBytesPerSecond: number;
    microsecondsPerLayer: number;
    s: number;
    isMeasured: boolean;
};

/** Spread of one run around its device's own mean (speed-model.json, s_row of most classes). */
const ROW_SPREAD = 0.14;
/** Share of a measured bandwidth that decoding reaches, and its spread (hardware/README.md section 8). */
const MEASURED_ETA = 0.85;
const MEASURED_SPREAD = 0.15;
/** Own runs: a processor core reads the cache at 3.5 to 7 GB/s whatever the bandwidth (hardware/README.md section 3). */
const CACHE_BYTES_PER_SECOND_PER_CORE = 5e9;
/** Least spreads: with experts, and with a model split between card and processor (section 4). */
const EXPERT_SPREAD = 0.22;
const SPLIT_SPREAD = 0.35;
/** Tokens already in the conversation for which a first prediction is made. */
const TYPICAL_DEPTH_TOKENS = 512;

/**
 * Words the model writes: tokens a second as a range that holds 80 % of cases,
 * t = W/(B·eta·phi) + K/(B·eta·kappa) + layers·tau·a (hardware/README.md section 2). Null where the bandwidth is unknown:
 * none is invented.
 */
export function predictDecode(
    machine: Machine,
    shape: ModelShape,
    settings: RunSettings,
    speedModel: SpeedModel,
    depthTokens = TYPICAL_DEPTH_TOKENS,
): SpeedRange | null {
    const card = machine.gpus[0] ?? null;
    const share = card ? gpuShare(shape, settings.gpuLayers) : { weights: 0, layers: 0 };
    const usesCard = share.weights > 0;
    const usesProcessor = share.weights < 1;
    const cardSide = card && usesCard ? readCard(card, speedModel) : null;
    const processorSide = usesProcessor ? readProcessor(machine, speedModel) : null;
    if ((usesCard && !cardSide) || (usesProcessor && !processorSide)) return null;

    const bytesPerToken = readBytesPerToken(shape);
    const cachedBytes = growingBytesPerToken(shape, settings.cacheType) * depthTokens;
    const overhead = speedModel.decode.overhead_factor[overheadKind(shape)] ?? 1;
    const layers = shape.layers.filter((kind) => shape.layerKinds[kind]?.isLoaded).length;
    const terms = { bandwidth: 0, conversation: 0, overhead: 0 };
    const add = (
        side: Side,
        part: number,
        layerPart: number,
        phi: Record<string, number>,
        cacheBytesPerSecond: number,
    ) => {
        terms.bandwidth += (bytesPerToken * part) / (side.bytesPerSecond * meanFactor(shape, phi));
        terms.conversation += (cachedBytes * layerPart) / cacheBytesPerSecond;
        terms.overhead += layers * layerPart * side.microsecondsPerLayer * 1e-6 * overhead;
    };
    if (cardSide)
        add(
            cardSide,
            share.weights,
            share.layers,
            speedModel.decode.phi_gpu,
            cardSide.bytesPerSecond * speedModel.decode.kappa.gpu,
        );
    if (processorSide) {
        const cacheRate = Math.min(processorSide.bytesPerSecond, CACHE_BYTES_PER_SECOND_PER_CORE * settings.threads);
        add(processorSide, 1 - share.weights, 1 - share.layers, speedModel.decode.phi_cpu, cacheRate);
    }
    const seconds = terms.bandwidth + terms.conversation + terms.overhead;
    if (!(seconds > 0) || !Number.isFinite(seconds)) return null;
    const main = cardSide ?? processorSide;
    if (!main) return null;
    const s = Math.max(
        cardSide?.s ?? 0,
        processorSide?.s ?? 0,
        shape.experts ? EXPERT_SPREAD : 0,
        cardSide && processorSide ? SPLIT_SPREAD : 0,
    );
    const middle = 1 / seconds;
    const factor = Math.exp(speedModel.decode.z80 * s);
    return {
        lowTokensPerSecond: middle / factor,
        middleTokensPerSecond: middle,
        highTokensPerSecond: middle * factor,
        coverage: 0.8,
        confidence: s <= 0.25 ? "good" : s <= 0.35 ? "fair" : "rough",
        origin: "estimated",
        limitedBy: largestTerm(terms),
        bytesPerToken,
        bandwidthBytesPerSecond: main.peakBytesPerSecond,
    };
}

/** Above 70 % bandwidth, above 30 % a long conversation, above 40 % overhead (section 2); otherwise the largest. */
function largestTerm({
    bandwidth,
    conversation,
    overhead,
}: {
    bandwidth: number;
    conversation: number;
    overhead: number;
}): SpeedRange["limitedBy"] {
    if (bandwidth >= conversation && bandwidth >= overhead) return "bandwidth";
    return conversation >= overhead ? "conversation" : "overhead";
}

function overheadKind(shape: ModelShape): string {
    if (shape.architecture === "gemma4") return shape.experts ? "gemma4-moe" : "gemma4";
    if (shape.recurrent) return shape.experts ? "hybrid-moe" : "hybrid";
    return shape.experts ? "moe" : "dense";
}

function unknownKind(name: string, isUnified: boolean): string {
    if (/nvidia|geforce|rtx|gtx|quadro|tesla/i.test(name)) return "nvidia";
    if (/apple/i.test(name)) return "apple";
    if (isUnified) return "integrated-gpu";
    return /intel|arc/i.test(name) ? "intel-gpu" : "amd-gpu";
}

/** NVIDIA and Apple classes stand alone, others carry the backend, and NVIDIA through Vulkan has one of its own (section 1). */
function classKey({ deviceClass, backend }: Gpu): string | null {
    if (deviceClass === null) return null;
    if (deviceClass.startsWith("apple")) return deviceClass;
    if (deviceClass.startsWith("nvidia")) return backend === "vulkan" ? "nvidia/vulkan" : deviceClass;
    return `${deviceClass}/${backend === "cuda" ? "rocm" : backend}`;
}

function readCard(card: Gpu, { decode }: SpeedModel): Side | null {
    const peak = card.bandwidthBytesPerSecond?.value;
    if (peak === undefined) return null;
    const key = classKey(card);
    const known = key === null ? undefined : decode.classes[key];
    if (known) {
        const s = Math.hypot(known.s_device, known.s_row);
        return {
            bytesPerSecond: peak * known.eta,
            peakBytesPerSecond: peak,
            microsecondsPerLayer: known.tau_us,
            s,
            isMeasured: false,
        };
    }
    const guess = decode.unknown_device[unknownKind(card.name.value, card.isUnified.value)];
    return guess
        ? {
              bytesPerSecond: peak * guess.eta,
              peakBytesPerSecond: peak,
              microsecondsPerLayer: guess.tau_us,
              s: guess.s,
              isMeasured: false,
          }
        : null;
}

/** Table and measurement joined by precision on the log scale (section 8). */
function readProcessor({ cpu, memory }: Machine, { decode }: SpeedModel): Side | null {
    const known = cpu.deviceClass === null ? undefined : decode.classes[cpu.deviceClass];
    const unknown = decode.unknown_device["cpu"];
    const eta = known?.eta ?? unknown?.eta;
    const microsecondsPerLayer = known?.tau_us ?? unknown?.tau_us;
    if (eta === undefined || microsecondsPerLayer === undefined) return null;
    const deviceSpread = known?.s_device ?? unknown?.s ?? 0.5;
    const rowSpread = known?.s_row ?? ROW_SPREAD;
    const peak = memory.bandwidthBytesPerSecond?.value;
    const measured = memory.measuredBandwidthBytesPerSecond?.value;
    const side = (bytesPerSecond: number, spread: number) => ({
        bytesPerSecond,
        peakBytesPerSecond: measured ?? peak ?? bytesPerSecond,
        microsecondsPerLayer,
        s: spread,
        isMeasured: measured !== undefined,
    });
    if (peak === undefined && measured === undefined) return null;
    if (measured === undefined) return side((peak ?? 0) * eta, Math.hypot(deviceSpread, rowSpread));
    if (peak === undefined) return side(measured * MEASURED_ETA, Math.hypot(MEASURED_SPREAD, ROW_SPREAD));
    const tableWeight = 1 / deviceSpread ** 2;
    const measuredWeight = 1 / MEASURED_SPREAD ** 2;
    const log =
        (tableWeight * Math.log(peak * eta) + measuredWeight * Math.log(measured * MEASURED_ETA)) /
        (tableWeight + measuredWeight);
    return side(Math.exp(log), Math.sqrt(1 / (tableWeight + measuredWeight) + ROW_SPREAD ** 2));
}

/** The quantization factor of a file that mixes types: times add up, so factors are joined by bytes over factor. */
function meanFactor(shape: ModelShape, phi: Record<string, number>): number {
    let bytes = 0;
    let time = 0;
    for (const [type, size] of Object.entries(shape.bytesByType)) {
        bytes += size;
        time += size / (phi[factorKey(type)] ?? 1);
    }
    return time > 0 ? bytes / time : (phi[factorKey(shape.mainTensorType)] ?? 1);
}

function factorKey(type: string): string {
    if (/^(F16|BF16|F32)$/.test(type)) return "f16";
    if (/^Q4_[01]$|^MXFP4$/.test(type)) return "q4_0";
    if (/^IQ4/.test(type)) return "iq4";
    if (/^IQ/.test(type)) return "iq123";
    if (/^Q8/.test(type)) return "q8";
    if (/^Q6/.test(type)) return "q6";
    if (/^Q5/.test(type)) return "q5";
    if (/^Q4_K/.test(type)) return "q4k";
    if (/^Q3/.test(type)) return "q3k";
    return /^Q2/.test(type) ? "q2k" : "q4k";
}
