import type { ModelShape } from "../../schema/model-shape.ts";

/** First match wins: beginnings of a tensor type's name, and the key of phi_gpu and phi_cpu in speed-model.json. */
const factorKeys: [start: string, key: string][] = [
    ["F16", "f16"],
    ["BF16", "f16"],
    ["F32", "f16"],
    ["Q4_0", "q4_0"],
    ["Q4_1", "q4_0"],
    ["MXFP4", "q4_0"],
    ["IQ4", "iq4"],
    ["IQ", "iq123"],
    ["Q8", "q8"],
    ["Q6", "q6"],
    ["Q5", "q5"],
    ["Q3", "q3k"],
    ["Q2", "q2k"],
];

const factorKey = (type: string): string => factorKeys.find(([start]) => type.startsWith(start))?.[1] ?? "q4k";

/** phi of a file that mixes types: times add up, so factors are joined by bytes over factor. */
export function meanFactor(shape: ModelShape, phi: Record<string, number>): number {
    let bytes = 0;
    let time = 0;
    for (const [type, size] of Object.entries(shape.bytesByType)) {
        bytes += size;
        time += size / (phi[factorKey(type)] ?? 1);
    }
    return time > 0 ? bytes / time : (phi[factorKey(shape.mainTensorType)] ?? 1);
}
