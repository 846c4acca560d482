import type { PlanHint } from "./Doubts.tsx";
import type { Recommendation } from "#shared/domain/recommend.ts";
import type { Machine } from "#shared/schema/machine.ts";

/** Why a card is there and not planned with. */
export type CardLeftOut = "taken" | "unknown-speed" | "small";
/** The memory the plan uses (the card's, the shared pool, or main memory), and the card it leaves out. Bytes. */
export type FastMemory = {
    where: "card" | "shared" | "memory";
    freeBytes: number;
    totalBytes: number;
    leftOut: { why: CardLeftOut; freeBytes: number; totalBytes: number } | null;
};

/** The memory a model has to fit in to run well here, as the plan sees it. */
export function fastMemoryOf({ gpus, memory }: Machine, { reason }: Pick<Recommendation, "reason">): FastMemory {
    const card = gpus[0];
    const main = { freeBytes: memory.freeBytes.value, totalBytes: memory.totalBytes.value };
    if (!card) return { where: "memory", ...main, leftOut: null };
    if (card.isUnified.value) return { where: "shared", ...main, leftOut: null };
    const own = { freeBytes: card.freeBytes.value, totalBytes: card.totalBytes.value };
    if (!reason?.isWithoutCard) return { where: "card", ...own, leftOut: null };
    const isTaken = own.freeBytes < own.totalBytes / 2;
    const why = isTaken ? "taken" : card.bandwidthBytesPerSecond === null ? "unknown-speed" : "small";
    return { where: "memory", ...main, leftOut: { why, ...own } };
}

/** What the reader can do about a plan that is poorer than this computer need have. */
export function hintFor(
    { leftOut }: FastMemory,
    { smallest }: Pick<Recommendation, "smallest">,
    isSpeedMissing: boolean,
): PlanHint | null {
    if (isSpeedMissing) return "speed-missing";
    if (leftOut?.why === "taken") return "card-taken";
    return smallest ? "memory-short" : null;
}
