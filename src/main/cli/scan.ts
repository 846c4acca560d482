import { parseArgs } from "node:util";
import { formatBandwidth, formatFileSize, formatMemory } from "#shared/domain/format/bytes.ts";
import type { Doubt, Gpu, Machine } from "#shared/schema/machine.ts";
import type { Known } from "#shared/schema/origin.ts";
import { cleanText } from "../services/hardware/clean-name.ts";
import type { Hardware } from "../services/hardware/hardware.ts";

const LOCALE = "en-GB";
const WIDEST_LINE = 500;

/** "(measured)", "(estimated, not sure: assumed, …)": how a figure is known, and why where we are not sure. */
const how = ({ origin, confidence, note }: Known<unknown>): string =>
    `(${origin}${confidence === "low" ? ", not sure" : ""}${note === undefined ? "" : `: ${note}`})`;
const memory = (bytes: number) => formatMemory(bytes, LOCALE);

const doubts: { [Kind in Doubt["kind"]]: (figures: Doubt["figures"]) => string } = {
    "shared-memory": ({ totalBytes }) =>
        `${memory(Number(totalBytes))} of graphics memory was read. It may be shared with main memory; this plan assumes so.`,
    "software-graphics": ({ name }) =>
        `A software driver was seen and does not count as a graphics card: ${name}. The processor does the work.`,
    "card-not-in-table": ({ name }) =>
        `No table of ours names this card, so its speed is not known until it has answered once: ${name}.`,
    "container-limit": ({ limitBytes, hostBytes }) =>
        `A container limits memory to ${memory(Number(limitBytes))} of ${memory(Number(hostBytes))}.`,
    "graphics-not-read": () => "The graphics card did not answer, so this plan uses the processor alone.",
};

function graphicsLines({ name, backend, totalBytes, freeBytes, isUnified, bandwidthBytesPerSecond }: Gpu): string[] {
    return [
        `Graphics: ${name.value}, through ${backend} ${how(name)}`,
        `Graphics memory: ${memory(totalBytes.value)} ${how(totalBytes)}, ${memory(freeBytes.value)} free ${how(freeBytes)}`,
        isUnified.value
            ? `Graphics shares main memory ${how(isUnified)}`
            : `Graphics has memory of its own ${how(isUnified)}`,
        bandwidthBytesPerSecond
            ? `Graphics memory reads ${formatBandwidth(bandwidthBytesPerSecond.value, LOCALE)} a second ${how(bandwidthBytesPerSecond)}`
            : "How fast graphics memory reads is not known.",
    ];
}

function processorLines({ cpu, threads }: Machine): string[] {
    const sets = cpu.instructionSets.value;
    return [
        `Processor: ${cpu.name.value} ${how(cpu.name)}`,
        `Cores: ${cpu.physicalCores.value} ${how(cpu.physicalCores)}, ${cpu.logicalCores.value} threads ${how(cpu.logicalCores)}`,
        sets.length > 0
            ? `Instruction sets: ${sets.join(" ")} ${how(cpu.instructionSets)}`
            : "Instruction sets: this system does not tell.",
        `The engine gets ${threads.value === 1 ? "1 thread" : `${threads.value} threads`} ${how(threads)}`,
    ];
}

function memoryLines({ memory: { totalBytes, freeBytes, ...speeds } }: Machine): string[] {
    const rates = [speeds.measuredBandwidthBytesPerSecond, speeds.bandwidthBytesPerSecond].filter(
        (rate) => rate !== null,
    );
    return [
        `Memory: ${memory(totalBytes.value)} ${how(totalBytes)}, ${memory(freeBytes.value)} free ${how(freeBytes)}`,
        ...rates.map((rate) => `Memory reads ${formatBandwidth(rate.value, LOCALE)} a second ${how(rate)}`),
        ...(rates.length === 0
            ? ["How fast memory reads is not known yet; Hearth measures it the first time it is open."]
            : []),
    ];
}

function sentences(machine: Machine): string[] {
    const { gpus, disk, system, battery, container } = machine;
    const isDescribed = machine.kind === "described";
    return [
        ...(isDescribed ? [`Described machine, not this computer: ${machine.title ?? "no name"}.`] : []),
        ...processorLines(machine),
        ...memoryLines(machine),
        ...(gpus.length === 0 ? ["Graphics: none that the engine can use."] : gpus.flatMap(graphicsLines)),
        `Disk: ${formatFileSize(disk.freeBytes.value, LOCALE)} free ${how(disk.freeBytes)}`,
        `System: ${system.name} ${system.version}, ${system.architecture}`,
        ...(battery
            ? [`Battery: ${Math.round(battery.percent)} %, ${battery.isOnBattery ? "in use" : "plugged in"}`]
            : []),
        ...(container?.cpuLimit ? [`A container limits processor time to ${container.cpuLimit} cores.`] : []),
        ...machine.doubts.map(({ kind, figures }) => `In doubt: ${doubts[kind](figures)}`),
        ...(isDescribed ? [] : [`Scanned in ${machine.scanMilliseconds} ms.`]),
    ];
}

/** `hearth scan [--json]`: this computer (or, with --machine FILE, a described one) in sentences, one a fact. Returns 0. */
export async function scanCommand(
    args: string[],
    { hardware, write }: { hardware: Pick<Hardware, "scan">; write: (line: string) => void },
): Promise<number> {
    const { values } = parseArgs({ args, options: { json: { type: "boolean", default: false } }, strict: false });
    const machine = await hardware.scan({ fresh: true });
    if (values.json) write(JSON.stringify(machine, null, 4));
    else for (const sentence of sentences(machine)) write(cleanText(sentence, WIDEST_LINE));
    return 0;
}
