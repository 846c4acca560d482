import type { Token } from "node-llama-cpp";
import type { Loaded } from "./load.ts";

/** A slice should take about this long, so that a stop is heard in time (bar B33: 300 milliseconds). */
const SLICE_MILLISECONDS = 120;
const LEAST_SLICE_TOKENS = 16;
const MOST_SLICE_TOKENS = 128;
const FIRST_SLICE_TOKENS = 64;

/**
 * Reads the prompt into the KV cache in slices and looks at the signal between them, since the library heeds its own signal
 * only once the whole prompt is read (stack.md 5.9). What the cache already holds is kept. The last slice is left for the
 * generation, which reads at least one token anyway: a batch of its own for that one would delay the first word. Returns how
 * many tokens the cache held already.
 */
export async function readPrompt(
    loaded: Loaded,
    tokens: Token[],
    { signal, onProgress }: { signal: AbortSignal; onProgress: (tokensRead: number) => void },
): Promise<number> {
    const { sequence } = loaded;
    await sequence.adaptStateToTokens(tokens.slice(0, -1), false);
    const cachedTokens = sequence.nextTokenIndex;
    let position = cachedTokens;
    let sliceTokens = sizeSlice(loaded.promptTokensPerSecond);
    while (position + sliceTokens < tokens.length && !signal.aborted) {
        const slice = tokens.slice(position, position + sliceTokens);
        const sliceBegun = performance.now();
        await sequence.evaluateWithoutGeneratingNewTokens(slice, {
            contextShift: { strategy: "eraseBeginning", size: 1 },
        });
        position += slice.length;
        if (slice.length >= LEAST_SLICE_TOKENS) {
            loaded.promptTokensPerSecond = (slice.length * 1000) / Math.max(1, performance.now() - sliceBegun);
            sliceTokens = sizeSlice(loaded.promptTokensPerSecond);
        }
        onProgress(position);
    }
    return cachedTokens;
}

/** Tokens that are read in about 120 milliseconds, between 16 and 128. */
export function sizeSlice(promptTokensPerSecond: number | null): number {
    if (promptTokensPerSecond === null) return FIRST_SLICE_TOKENS;
    const wanted = Math.floor((promptTokensPerSecond * SLICE_MILLISECONDS) / 1000);
    return Math.min(MOST_SLICE_TOKENS, Math.max(LEAST_SLICE_TOKENS, wanted));
}
