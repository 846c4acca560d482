import { expect, test } from "vitest";
import { cardOf, desktop3060, desktop32, describe, GiB, macM2, rtx3060 } from "#shared/domain/machines.fixtures.ts";
import type { PickReason, Recommendation } from "#shared/domain/recommend.ts";
import { fastMemoryOf, hintFor } from "./fast-memory.ts";

const reason = (isWithoutCard: boolean): { reason: PickReason } => ({
    reason: { kind: "highest-ranked", fittingCount: 1, memory: "main", isWithoutCard },
});
const withCard = (card: Partial<typeof rtx3060>) => ({ ...desktop32, gpus: [cardOf({ ...rtx3060, ...card })] });

test("the memory is the card's, the shared one, or main memory", () => {
    expect(fastMemoryOf(desktop3060, reason(false))).toMatchObject({ where: "card", totalBytes: 12 * GiB });
    expect(fastMemoryOf(macM2, reason(false))).toMatchObject({ where: "shared", totalBytes: 16 * GiB });
    expect(fastMemoryOf(desktop32, reason(false))).toMatchObject({ where: "memory", leftOut: null });
    expect(fastMemoryOf(describe({ totalGiB: 1, freeGiB: 1, bandwidth: 1, cpuClass: null }), { reason: null })).toEqual(
        {
            where: "memory",
            freeBytes: GiB,
            totalBytes: GiB,
            leftOut: null,
        },
    );
});

test.each([
    ["taken", { freeGiB: 0.6 }],
    ["unknown-speed", { bandwidth: null }],
    ["small", { totalGiB: 2, freeGiB: 1.8 }],
] as const)("a card that is %s is left out: the plan is for main memory, and says so", (why, card) => {
    expect(fastMemoryOf(withCard(card), reason(true))).toMatchObject({
        where: "memory",
        totalBytes: 31 * GiB,
        leftOut: { why, freeBytes: (card as { freeGiB?: number }).freeGiB ? expect.any(Number) : 11.2 * GiB },
    });
});

test("a hint where the reader can do something about the plan, and none else", () => {
    const taken = fastMemoryOf(withCard({ freeGiB: 0.6 }), reason(true));
    const usual = fastMemoryOf(desktop3060, reason(false));
    const smallest = { needBytes: 2, freeBytes: 1 } as Recommendation["smallest"];
    expect(hintFor(taken, { smallest: null }, false)).toBe("card-taken");
    expect(hintFor(usual, { smallest }, false)).toBe("memory-short");
    expect(hintFor(usual, { smallest }, true)).toBe("speed-missing");
    expect(hintFor(usual, { smallest: null }, false)).toBeNull();
});
