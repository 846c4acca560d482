import type { ThreadRate } from "#shared/schema/engine.ts";
import type { EngineLink } from "./engine-link.ts";

/**
 * Compares thread counts on the model that is loaded, so many milliseconds each. `rates` is null where it was stopped or
 * told nothing: a comparison that failed is one that was not made, and the engine's end is told by its state.
 */
export function startProbe(link: EngineLink, counts: number[], milliseconds: number) {
    let isStopped = false;
    const { id, result } = link.request({ kind: "probe-threads", counts, milliseconds }, (message) =>
        message.kind === "threads-probed" ? message.rates : undefined,
    );
    return {
        rates: result.then(
            (rates): ThreadRate[] | null => (isStopped || rates.length === 0 ? null : rates),
            () => null,
        ),
        stop() {
            isStopped = true;
            link.stop(id);
        },
    };
}
