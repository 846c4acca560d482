import type { Corrections, Machine } from "#shared/schema/machine.ts";

const GiB = 2 ** 30;
const GB = 1e9;

/** The fields of the correction form: which value of `Corrections`, in which unit, and what is possible. */
export const correctionFields = [
    { field: "memoryTotalBytes", unit: GiB, least: 0.25, most: 16384 },
    { field: "cpuPhysicalCores", unit: 1, least: 1, most: 1024 },
    { field: "gpuTotalBytes", unit: GiB, least: 0, most: 2048 },
    { field: "memoryBandwidthBytesPerSecond", unit: GB, least: 1, most: 100000 },
] as const;
export type CorrectionField = (typeof correctionFields)[number]["field"];
export type CorrectionForm = Record<CorrectionField, string>;

/** What the form starts from: the values in use, rounded to a hundredth. */
export function toForm({ memory, cpu, gpus }: Machine): CorrectionForm {
    const show = (value: number | undefined, unit: number) =>
        value === undefined ? "" : String(Math.round((value / unit) * 100) / 100);
    return {
        memoryTotalBytes: show(memory.totalBytes.value, GiB),
        cpuPhysicalCores: show(cpu.physicalCores.value, 1),
        gpuTotalBytes: show(gpus[0]?.totalBytes.value, GiB),
        memoryBandwidthBytesPerSecond: show(memory.bandwidthBytesPerSecond?.value, GB),
    };
}

export type ReadForm = { corrections: Corrections; wrong: CorrectionField[] };

/** Only what was changed; an emptied field takes the detected value back. Fields out of range are named. */
export function readForm(form: CorrectionForm, before: CorrectionForm): ReadForm {
    const corrections: Corrections = {};
    const wrong: CorrectionField[] = [];
    for (const { field, unit, least, most } of correctionFields) {
        const text = form[field].trim().replace(",", ".");
        if (text === before[field]) continue;
        const value = Number(text);
        if (text === "") corrections[field] = null;
        else if (!Number.isFinite(value) || value < least || value > most) wrong.push(field);
        else corrections[field] = Math.round(value * unit);
    }
    return { corrections, wrong };
}
