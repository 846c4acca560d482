import type { HeaderSummary, Inspection } from "#shared/schema/inspection.ts";
import type { ByteSource } from "./byte-source.ts";
import { openFileSource } from "./byte-source.ts";
import { type Header, parseHeader } from "./parse-header.ts";
import { cleanText, Refusal } from "./refusal.ts";
import { makeShape } from "./shape.ts";

/** The whole inspection of one source. Never throws on data: a fault is an answer. */
export async function inspectSource(source: ByteSource, signal?: AbortSignal): Promise<Inspection> {
    const begun = performance.now();
    try {
        const header = await parseHeader(source, signal);
        const shape = makeShape(header);
        return { verdict: "ok", header: summarize(header, shape), shape, milliseconds: performance.now() - begun };
    } catch (error) {
        const milliseconds = performance.now() - begun;
        if (error instanceof Refusal)
            return {
                verdict: "refused",
                fault: error.fault,
                detail: error.detail,
                missingBytes: error.missingBytes,
                milliseconds,
            };
        if (signal?.aborted)
            return { verdict: "refused", fault: "stopped", detail: "", missingBytes: null, milliseconds };
        const detail = cleanText(error instanceof Error ? error.message : "unknown", 300);
        return { verdict: "refused", fault: "unreadable", detail, missingBytes: null, milliseconds };
    }
}

export async function inspectFile(filePath: string, signal?: AbortSignal): Promise<Inspection> {
    const begun = performance.now();
    const source = await openFileSource(filePath);
    if ("fault" in source)
        return { verdict: "refused", ...source, missingBytes: null, milliseconds: performance.now() - begun };
    try {
        return await inspectSource(source, signal);
    } finally {
        // What was read stands, whatever becomes of the handle.
        await source.close().catch(() => undefined);
    }
}

function summarize(
    { version, metadata, tensors, headerBytes, sizeBytes }: Header,
    shape: { architecture: string; name: string | null; mainTensorType: string; contextTrainedTokens: number },
): HeaderSummary {
    const license = metadata.get("general.license");
    return {
        version,
        architecture: shape.architecture,
        name: shape.name,
        quantization: shape.mainTensorType,
        tensorCount: tensors.length,
        keyCount: metadata.size,
        contextTrainedTokens: shape.contextTrainedTokens,
        fileBytes: sizeBytes,
        headerBytes,
        license: typeof license === "string" ? cleanText(license, 100) : null,
    };
}
