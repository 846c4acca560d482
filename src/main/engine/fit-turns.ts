import type { Turn } from "#shared/schema/chat.ts";

/** What a chat template writes around a turn: role names and marks, some 4 to 12 tokens in the known families. */
const TOKENS_AROUND_A_TURN = 12;

/**
 * Index of the first turn that still fits, so that the turns from there on, with the system turn, take at most `mostTokens`.
 * Whole exchanges go, the oldest first; the last one stays in any case. `turnTokens`: tokens of each turn's text.
 */
export function fitTurns(turns: Turn[], mostTokens: number, turnTokens: number[]): number {
    const costs = turnTokens.map((tokens) => tokens + TOKENS_AROUND_A_TURN);
    const isSystem = (index: number) => turns[index]?.role === "system";
    let total = costs.reduce((sum, cost) => sum + cost, 0);
    let first = turns.findIndex((_, index) => !isSystem(index));
    for (;;) {
        // A question goes together with its answers, so that the conversation still begins with the reader.
        const next = turns.findIndex(({ role }, index) => index > first && role === "user");
        if (total <= mostTokens || next < 0) return first;
        for (let index = first; index < next; index++) total -= isSystem(index) ? 0 : (costs[index] ?? 0);
        first = next;
    }
}

/** Counts the tokens of a conversation's turns. Those of the last one are kept: they come again with every question. */
export function createTurnCounter(tokenize: (text: string) => { length: number }): (turns: Turn[]) => number[] {
    let last = new Map<string, number>();
    return (turns) => {
        last = new Map(turns.map(({ text }) => [text, last.get(text) ?? tokenize(text).length]));
        return turns.map(({ text }) => last.get(text) ?? 0);
    };
}
