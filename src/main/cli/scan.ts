import { parseArgs } from "node:util";
import { formatBandwidth, formatFileSize, formatMemory } from "#shared/domain/format/bytes.ts";
import type { Machine } from "#shared/schema/machine.ts";
import type { Known } from "#shared/schema/origin.ts";
import type { Hardware } from "../services/hardware/hardware.ts";

const LOCALE = "en-GB";

function sentences(machine: Machine): string[] {
    const origin = ({ origin: how }: Known<unknown>) => `(${how})`;
    const { cpu, memory, gpus, disk, system } = machine;
    const bandwidth = memory.measuredBandwidthBytesPerSecond ?? memory.bandwidthBytesPerSecond;
    return [
        ...(machine.kind === "described" ? [`Described machine, not this computer: ${machine.title}.`] : []),
        `Processor: ${cpu.name.value}, ${cpu.physicalCores.value} cores, ${cpu.instructionSets.value.join(" ") || "instruction sets unknown"} ${origin(cpu.name)}`,
        `Memory: ${formatMemory(memory.totalBytes.value, LOCALE)}, ${formatMemory(memory.freeBytes.value, LOCALE)} free ${origin(memory.freeBytes)}`,
        bandwidth
            ? `Memory reads ${formatBandwidth(bandwidth.value, LOCALE)} a second ${origin(bandwidth)}`
            : "How fast memory reads is not known yet.",
        ...(gpus.length === 0 ? ["Graphics: none that the engine can use."] : []),
        ...gpus.map(
            (gpu) =>
                `Graphics: ${gpu.name.value}, ${formatMemory(gpu.totalBytes.value, LOCALE)}, ${formatMemory(gpu.freeBytes.value, LOCALE)} free${gpu.isUnified.value ? ", shared with main memory" : ""} ${origin(gpu.totalBytes)}`,
        ),
        ...(machine.softwareGraphics
            ? [`A software driver was seen and does not count: ${machine.softwareGraphics}.`]
            : []),
        `Disk: ${formatFileSize(disk.freeBytes.value, LOCALE)} free ${origin(disk.freeBytes)}`,
        `System: ${system.name} ${system.version}, ${system.architecture}`,
        ...(machine.container ? ["A container limits this computer."] : []),
        ...machine.doubts.map((doubt) => `In doubt: ${doubt.kind.replaceAll("-", " ")}.`),
        `Scanned in ${machine.scanMilliseconds} ms.`,
    ];
}

/** `hearth scan [--json]`: this computer (or, with --machine FILE, a described one) in sentences. */
export async function scanCommand(
    args: string[],
    { hardware, write }: { hardware: Hardware; write: (line: string) => void },
): Promise<number> {
    const { values } = parseArgs({ args, options: { json: { type: "boolean", default: false } }, strict: false });
    const machine = await hardware.scan({ fresh: true });
    if (values.json) write(JSON.stringify(machine, null, 4));
    else for (const sentence of sentences(machine)) write(sentence);
    return 0;
}
