import { availableParallelism, loadavg } from "node:os";
import { countsToProbe } from "#shared/domain/machine/good-threads.ts";
import type { AnswerStatistics } from "#shared/schema/answer.ts";
import type { Engine } from "../engine/engine.ts";
import type { Loader } from "../engine/loader.ts";
import type { Log } from "../log/log.ts";
import type { Hardware } from "./hardware.ts";

/** So long a count; the whole takes about three times that. */
const MILLISECONDS_A_COUNT = 900;
/** Below this a single token takes so long that the next question would have to wait for it. */
const LEAST_TOKENS_PER_SECOND = 4;
/** More is waiting to run than there are cores: rates would say nothing, and threads would wait for each other. Windows has no such figure. */
const isComputerBusy = (): boolean => (loadavg()[0] ?? 0) > availableParallelism();

/**
 * Compares thread counts on the engine after an answer, while it has nothing to do, and remembers the rates for this
 * computer; the next load uses the best. Once a start at most. The next question ends it at the next token. Not where the
 * reader or HEARTH_THREADS chose, not on battery, and not for a model on the card, where threads hardly matter.
 */
export function createMeasureThreads({
    engine,
    loader,
    hardware,
    log,
    isBusy = isComputerBusy,
}: {
    engine: Pick<Engine, "state" | "probeThreads">;
    loader: Pick<Loader, "chosen">;
    hardware: Pick<Hardware, "scan" | "wantsThreads" | "rememberThreads">;
    log: Log;
    /** Another for tests. */
    isBusy?: () => boolean;
}) {
    let isDone = false;
    return async ({ tokensPerSecond }: Pick<AnswerStatistics, "tokensPerSecond">): Promise<void> => {
        const { settings } = engine.state();
        if (
            isDone ||
            isBusy() ||
            !settings ||
            settings.gpuLayers > 0 ||
            (tokensPerSecond ?? 0) < LEAST_TOKENS_PER_SECOND
        )
            return;
        const machine = await hardware.scan({ fresh: false });
        const bytesPerToken = loader.chosen()?.predict(settings)?.bytesPerToken ?? 0;
        const counts = countsToProbe(machine.cpu.physicalCores.value);
        if (counts.length < 2 || machine.battery?.isOnBattery || !hardware.wantsThreads(bytesPerToken)) return;
        const rates = await engine.probeThreads(counts, MILLISECONDS_A_COUNT);
        // Ended by the next question: there is another answer after that one.
        if (rates === null) return;
        isDone = true;
        log.info("hardware.threads-measured", {
            rates: rates.map(({ threads, tokensPerSecond: rate }) => `${threads}: ${rate.toFixed(1)}`).join(", "),
        });
        await hardware.rememberThreads({ rates, bytesPerToken });
    };
}
