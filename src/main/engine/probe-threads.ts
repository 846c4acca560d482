import type { Llama, LlamaContextSequence, LlamaModel } from "node-llama-cpp";
import type { ThreadRate } from "#shared/schema/engine.ts";

/** Each count gets its turn so often, one after the other, so that a busy moment hits them all. */
const ROUNDS = 3;
/** Enough to time, and little enough that all turns fit into the small context. */
const MOST_TOKENS_A_TURN = 16;
const LEAST_TIMED_TOKENS = 2;
const CONTEXT_TOKENS = 256;
const BATCH_TOKENS = 32;

/** A count whose token takes so long has lost, and the next question would have to wait for it: it gets no further turn. */
const SLOWEST_TOKEN_MILLISECONDS = 500;

/**
 * How fast the loaded model writes with each number of threads, in a small context of its own, so that nothing of a
 * conversation is lost. About `milliseconds` for a count. Ends at the next token when it is stopped, and is then empty; so it
 * is where every count is too slow to tell. `onTurn` is called between turns. Leaves `llama.maxThreads` as it was.
 */
export async function probeThreads(
    llama: Llama,
    model: LlamaModel,
    {
        counts,
        milliseconds,
        signal,
        onTurn,
    }: { counts: number[]; milliseconds: number; signal: AbortSignal; onTurn: () => void },
): Promise<ThreadRate[]> {
    const before = llama.maxThreads;
    const most = Math.max(...counts);
    llama.maxThreads = most;
    try {
        const context = await model.createContext({
            contextSize: CONTEXT_TOKENS,
            batchSize: BATCH_TOKENS,
            threads: most,
            sequences: 1,
            ignoreMemorySafetyChecks: true,
            createSignal: signal,
        });
        try {
            const rates = new Map<number, number[]>();
            const token = model.tokens.bos ?? model.tokens.eos ?? model.tokenize("a")[0];
            if (token === null || token === undefined) return [];
            const writing = context.getSequence().evaluate([token], { temperature: 0, yieldEogToken: true });
            const lost = new Set<number>();
            for (let round = 0; round < ROUNDS; round++)
                for (const count of counts.filter((one) => !lost.has(one))) {
                    // The library gives a context as many threads as this allows, anew for each token.
                    llama.maxThreads = count;
                    const turn = await timeTurn(writing, milliseconds / ROUNDS, signal);
                    if (turn === null) return [];
                    if (turn.isLost) lost.add(count);
                    rates.set(count, [...(rates.get(count) ?? []), turn.tokensPerSecond]);
                    onTurn();
                }
            if (lost.size === counts.length) return [];
            return [...rates].map(([threads, all]) => ({ threads, tokensPerSecond: median(all) }));
        } finally {
            await context.dispose();
        }
    } finally {
        llama.maxThreads = before;
    }
}

type Writing = ReturnType<LlamaContextSequence["evaluate"]>;

/** Tokens a second; null: stopped, or the model wrote no further. The first token, which wakes the threads, is not timed. */
async function timeTurn(
    writing: Writing,
    milliseconds: number,
    signal: AbortSignal,
): Promise<{ tokensPerSecond: number; isLost: boolean } | null> {
    let begun = 0;
    for (let tokens = 0; ; tokens++) {
        const tokenBegun = performance.now();
        if (signal.aborted || (await writing.next()).done) return null;
        const tokenMilliseconds = performance.now() - tokenBegun;
        if (tokenMilliseconds > SLOWEST_TOKEN_MILLISECONDS)
            return { tokensPerSecond: 1000 / tokenMilliseconds, isLost: true };
        if (tokens === 0) begun = performance.now();
        const elapsed = performance.now() - begun;
        if (tokens >= LEAST_TIMED_TOKENS && (elapsed >= milliseconds || tokens >= MOST_TOKENS_A_TURN))
            return { tokensPerSecond: tokens / (elapsed / 1000), isLost: false };
    }
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
