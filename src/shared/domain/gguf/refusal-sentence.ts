import type { HeaderFault } from "../../schema/failure.ts";

const bytesInWords = (bytes: number): string => `${new Intl.NumberFormat("en-GB").format(bytes)} bytes`;

/** Why a file is refused, for a newcomer: one sentence, one thought. */
export function refusalSentence(
    fault: HeaderFault,
    { detail, missingBytes }: { detail: string; missingBytes: number | null },
): string {
    switch (fault) {
        case "not-a-file":
            return "This is not a file but a folder, a pipe or a device.";
        case "unreadable":
            return detail === "ENOENT" ? "There is no file of this name." : "This file cannot be read.";
        case "empty":
            return "This file is empty.";
        case "foreign-format":
            return `This is not a model file that Hearth can run: it is ${detail}.`;
        case "big-endian":
            return "This file was made for another kind of computer (big-endian).";
        case "unsupported-version":
            return `This file's format version, ${detail}, is not one that the engine reads.`;
        case "cut-off":
            return missingBytes === null || missingBytes < 1
                ? "This file is damaged: it ends too early."
                : `This file is damaged: it ends ${bytesInWords(missingBytes)} early.`;
        case "unknown-tensor-type":
            return "This file stores its numbers in a way that this engine does not know.";
        case "split-part":
            return `This is ${detail} of a split model; Hearth cannot put them together yet.`;
        case "not-a-chat-model":
            return `This is ${detail}, not a model one can chat with.`;
        case "too-slow":
            return "Reading this file took too long, so Hearth stopped.";
        case "stopped":
            return "Reading this file was stopped.";
        case "missing-key":
            return "This file is damaged or unusual: its header lacks a fact that the engine needs.";
        case "too-many-tensors":
        case "too-many-keys":
        case "string-too-long":
        case "array-too-long":
        case "too-large-header":
            return "This file's header claims more than any model has, so Hearth does not open it.";
        case "nested-array":
        case "bad-value-type":
        case "bad-key":
        case "duplicate-key":
        case "bad-tensor":
        case "duplicate-tensor":
        case "bad-alignment":
        case "tensor-outside-file":
        case "overlapping-tensors":
        case "bad-geometry":
        case "bad-tokenizer":
            return "This file's header contradicts itself, so Hearth does not open it.";
    }
}
