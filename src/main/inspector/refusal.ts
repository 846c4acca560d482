import type { HeaderFault } from "#shared/schema/failure.ts";

/** Why a header is refused. Thrown inside the reader only; its face returns it. */
export class Refusal extends Error {
    readonly fault: HeaderFault;
    readonly detail: string;
    readonly missingBytes: number | null;
    constructor(fault: HeaderFault, detail: string, missingBytes: number | null = null) {
        super(`${fault}: ${detail}`);
        this.fault = fault;
        this.detail = cleanText(detail, 300);
        this.missingBytes = missingBytes;
    }
}

/** A stranger's text, without control and direction characters, cut to a length. */
export function cleanText(text: string, length: number): string {
    return text.replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, "\ufffd").slice(0, length);
}
