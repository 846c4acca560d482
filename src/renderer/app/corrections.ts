import type { Corrections, Machine } from "#shared/schema/machine.ts";
import type { Known } from "#shared/schema/origin.ts";

const GiB = 2 ** 30;
const GB = 1e9;

/** The fields of the correction form: which value of `Corrections`, in which unit, and what is possible. */
export const correctionFields = [
    { field: "memoryTotalBytes", unit: GiB, least: 0.25, most: 16384 },
    { field: "cpuPhysicalCores", unit: 1, least: 1, most: 1024 },
    { field: "memoryBandwidthBytesPerSecond", unit: GB, least: 1, most: 100000 },
    { field: "gpuTotalBytes", unit: GiB, least: 0, most: 2048 },
    { field: "gpuBandwidthBytesPerSecond", unit: GB, least: 1, most: 100000 },
] as const;
export type CorrectionField = (typeof correctionFields)[number]["field"];
export type CorrectionForm = Record<CorrectionField, string>;
/** What the reader may answer: the fields of the form, and whether graphics share main memory. */
export type Correctable = CorrectionField | "gpuIsUnified";

/** The values in use that the reader may correct; null where none is known. */
function inUse({ memory, cpu, gpus }: Machine): Record<Correctable, Known<number | boolean> | null> {
    return {
        memoryTotalBytes: memory.totalBytes,
        cpuPhysicalCores: cpu.physicalCores,
        memoryBandwidthBytesPerSecond: memory.measuredBandwidthBytesPerSecond ?? memory.bandwidthBytesPerSecond,
        gpuTotalBytes: gpus[0]?.totalBytes ?? null,
        gpuBandwidthBytesPerSecond: gpus[0]?.bandwidthBytesPerSecond ?? null,
        gpuIsUnified: gpus[0]?.isUnified ?? null,
    };
}

/** What the form starts from: the values in use, rounded to a hundredth. */
export function toForm(machine: Machine): CorrectionForm {
    const known = inUse(machine);
    const show = ({ field, unit }: (typeof correctionFields)[number]): string => {
        const value = known[field]?.value;
        return typeof value === "number" ? String(Math.round((value / unit) * 100) / 100) : "";
    };
    return Object.fromEntries(correctionFields.map((each) => [each.field, show(each)])) as CorrectionForm;
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

/** One value that a correction changed, and the correction that takes it back. */
export type Change = { field: Correctable; value: number | boolean | null; undo: Corrections };

/** What `corrections` changed on this machine, a line each. A null is ours, put back; no line where it was ours before. */
export function changesOf(before: Machine, corrections: Corrections): Change[] {
    const known = inUse(before);
    return (Object.keys(known) as Correctable[]).flatMap((field) => {
        const value = corrections[field];
        if (value === undefined) return [];
        const own = known[field]?.origin === "corrected" ? known[field].value : null;
        return value === own ? [] : [{ field, value, undo: { [field]: own } }];
    });
}
