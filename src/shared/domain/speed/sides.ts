import type { Gpu, Machine } from "../../schema/machine.ts";
import type { SpeedModel } from "../../schema/speed-model.ts";

/** What one side (card or processor) offers: an effective bandwidth and a fixed cost a layer. */
export type Side = {
    /** Bytes a second that decoding reaches with Q4_K weights: B·eta. */
    bytesPerSecond: number;
    /** The bandwidth to name in a sentence: measured where it was, else the table's. */
    peakBytesPerSecond: number;
    microsecondsPerLayer: number;
    /** Spread of ln(measured ÷ predicted). */
    spread: number;
};

/** Spread of one run around its device's own mean (speed-model.json, s_row of most classes). */
const ROW_SPREAD = 0.14;
/** Share of a measured bandwidth that decoding reaches, and its spread (hardware/README.md section 8). */
const MEASURED_ETA = 0.85;
const MEASURED_SPREAD = 0.15;
/** A bandwidth that is only likely: an Apple chip of unknown core count (section 1), a card judged by its series (section 5). */
const UNSURE_SPREAD = { apple: 0.3, other: 0.5 };

/** NVIDIA and Apple classes stand alone, others carry the backend, and NVIDIA through Vulkan has one of its own (section 1). */
export function classKey({ deviceClass, backend }: Gpu): string | null {
    if (deviceClass === null) return null;
    if (deviceClass.startsWith("apple")) return deviceClass;
    if (deviceClass.startsWith("nvidia")) return backend === "vulkan" ? "nvidia/vulkan" : deviceClass;
    return `${deviceClass}/${backend === "cuda" ? "rocm" : backend}`;
}

/** Row of `unknown_device` for a card whose class has no fit (section 5). */
function unknownKind({ name, isUnified }: Gpu): string {
    if (/nvidia|geforce|rtx|gtx|quadro|tesla/i.test(name.value)) return "nvidia";
    if (/apple/i.test(name.value)) return "apple";
    if (isUnified.value) return "integrated-gpu";
    return /intel|arc/i.test(name.value) ? "intel-gpu" : "amd-gpu";
}

/** What a class says: eta, tau and how sure. A judgement of section 5 has one spread for device and row together. */
type Fit = { eta: number; microsecondsPerLayer: number; deviceSpread: number; rowSpread: number };

function fitFor({ decode }: SpeedModel, key: string | null, unknown: string): Fit | null {
    const known = key === null ? undefined : decode.classes[key];
    if (known)
        return {
            eta: known.eta,
            microsecondsPerLayer: known.tau_us,
            deviceSpread: known.s_device,
            rowSpread: known.s_row,
        };
    const guess = decode.unknown_device[unknown];
    if (!guess) return null;
    const deviceSpread = Math.sqrt(Math.max(0, guess.s ** 2 - ROW_SPREAD ** 2));
    return { eta: guess.eta, microsecondsPerLayer: guess.tau_us, deviceSpread, rowSpread: ROW_SPREAD };
}

/** Table and measurement joined by precision on the log scale (section 8); null where neither bandwidth is known. */
function join(fit: Fit, peak: number | undefined, measured: number | undefined): Side | null {
    const side = (bytesPerSecond: number, peakBytesPerSecond: number, spread: number): Side => ({
        bytesPerSecond,
        peakBytesPerSecond,
        microsecondsPerLayer: fit.microsecondsPerLayer,
        spread,
    });
    if (measured === undefined)
        return peak === undefined ? null : side(peak * fit.eta, peak, Math.hypot(fit.deviceSpread, fit.rowSpread));
    if (peak === undefined) return side(measured * MEASURED_ETA, measured, Math.hypot(MEASURED_SPREAD, ROW_SPREAD));
    const table = 1 / fit.deviceSpread ** 2;
    const own = 1 / MEASURED_SPREAD ** 2;
    const log = (table * Math.log(peak * fit.eta) + own * Math.log(measured * MEASURED_ETA)) / (table + own);
    return side(Math.exp(log), measured, Math.sqrt(1 / (table + own) + ROW_SPREAD ** 2));
}

/** The card; null: its bandwidth is not known, and none is invented. Unified memory may have been measured. */
export function readCard(machine: Machine, card: Gpu, speedModel: SpeedModel): Side | null {
    const fit = fitFor(speedModel, classKey(card), unknownKind(card));
    const measured = card.isUnified.value ? machine.memory.measuredBandwidthBytesPerSecond?.value : undefined;
    const side = fit && join(fit, card.bandwidthBytesPerSecond?.value, measured);
    if (!side || card.bandwidthBytesPerSecond?.confidence !== "low") return side;
    const least = card.deviceClass?.startsWith("apple") ? UNSURE_SPREAD.apple : UNSURE_SPREAD.other;
    return { ...side, spread: Math.max(side.spread, least) };
}

export function readProcessor({ cpu, memory }: Machine, speedModel: SpeedModel): Side | null {
    const fit = fitFor(speedModel, cpu.deviceClass, "cpu");
    return fit && join(fit, memory.bandwidthBytesPerSecond?.value, memory.measuredBandwidthBytesPerSecond?.value);
}
