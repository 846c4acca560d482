/**
 * Turns "call me on each change" into a stream. A follower that reads slowly gets the newest value only; the stream ends
 * with the signal.
 */
export async function* followChanges<Value>(
    subscribe: (listener: (value: Value) => void) => () => void,
    signal: AbortSignal | undefined,
): AsyncGenerator<Value, void> {
    let newest: { value: Value } | undefined;
    let wake = Promise.withResolvers<void>();
    const onAbort = () => wake.resolve();
    const unsubscribe = subscribe((value) => {
        newest = { value };
        wake.resolve();
    });
    signal?.addEventListener("abort", onAbort, { once: true });
    try {
        while (!signal?.aborted) {
            await wake.promise;
            wake = Promise.withResolvers<void>();
            const next = newest;
            newest = undefined;
            if (next) yield next.value;
        }
    } finally {
        unsubscribe();
        signal?.removeEventListener("abort", onAbort);
    }
}
