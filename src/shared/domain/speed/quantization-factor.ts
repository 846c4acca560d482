import type { ModelShape } from "../../schema/model-shape.ts";

/** Key of phi_gpu and phi_cpu in speed-model.json for a tensor type. */
function factorKey(type: string): string {
    if (/^(F16|BF16|F32)$/.test(type)) return "f16";
    if (/^Q4_[01]$|^MXFP4$/.test(type)) return "q4_0";
    if (/^IQ4/.test(type)) return "iq4";
    if (/^IQ/.test(type)) return "iq123";
    if (/^Q8/.test(type)) return "q8";
    if (/^Q6/.test(type)) return "q6";
    if (/^Q5/.test(type)) return "q5";
    if (/^Q3/.test(type)) return "q3k";
    return /^Q2/.test(type) ? "q2k" : "q4k";
}

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
