import { useEffect, useState } from "react";

const FIRST_WAIT_MILLISECONDS = 250;
const LONGEST_WAIT_MILLISECONDS = 5_000;

/**
 * The newest value of a procedure that watches; undefined until the first. `open` must keep its identity between
 * renders. A stream that breaks is opened again after a pause that doubles, so a restarted host is found by itself.
 */
export function useLive<Value>(open: (signal: AbortSignal) => Promise<AsyncIterable<Value>>): Value | undefined {
    const [value, setValue] = useState<Value>();
    useEffect(() => {
        const closing = new AbortController();
        let timer: ReturnType<typeof setTimeout> | undefined;
        let waitMilliseconds = FIRST_WAIT_MILLISECONDS;
        const follow = async () => {
            try {
                for await (const next of await open(closing.signal)) {
                    waitMilliseconds = FIRST_WAIT_MILLISECONDS;
                    setValue(() => next);
                }
            } catch {
                // The cause is told by whoever owns the connection; here it only means "again".
            }
            if (closing.signal.aborted) return;
            timer = setTimeout(() => void follow(), waitMilliseconds);
            waitMilliseconds = Math.min(waitMilliseconds * 2, LONGEST_WAIT_MILLISECONDS);
        };
        void follow();
        return () => {
            closing.abort();
            clearTimeout(timer);
        };
    }, [open]);
    return value;
}
