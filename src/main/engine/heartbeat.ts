import type { Phase } from "#shared/schema/failure.ts";
import type { FromEngine } from "./messages.ts";

const intervalMilliseconds = 250;

/**
 * Tells the host the phase: at once when it changes, then every 250 milliseconds while anything runs. Native work that
 * blocks this thread silences it, which is what the host wants to know.
 */
export function createHeartbeat(post: (message: FromEngine) => void) {
    let phase: Phase = "starting";
    let progress: number | null = null;
    const beat = () => post({ kind: "alive", phase, progress });
    const timer = setInterval(() => phase !== "idle" && beat(), intervalMilliseconds);
    timer.unref();
    return {
        enter(next: Phase) {
            phase = next;
            progress = null;
            beat();
        },
        /** Share of the work done, 0 to 1; told with the next beat. */
        progress(share: number) {
            progress = Math.min(1, Math.max(0, share));
        },
    };
}
