/** Waited at most for an idle moment: a busy window must not keep an answer in its source form. */
const LONGEST_WAIT_MILLISECONDS = 400;

const waiting = new Set<() => void>();
let isAsked = false;

/**
 * Calls `run` in an idle moment, one a moment, the latest asked first: the end of a chat is what is looked at. Returns
 * the way to give the turn up.
 */
export function takeTurn(run: () => void): () => void {
    waiting.add(run);
    ask();
    return () => void waiting.delete(run);
}

function ask(): void {
    if (isAsked || waiting.size === 0) return;
    isAsked = true;
    // Safari has no idle callbacks.
    if ("requestIdleCallback" in window) requestIdleCallback(next, { timeout: LONGEST_WAIT_MILLISECONDS });
    else setTimeout(next, 16);
}

function next(): void {
    isAsked = false;
    const run = [...waiting].at(-1);
    if (run) {
        waiting.delete(run);
        run();
    }
    ask();
}
