import { setTimeout as wait } from "node:timers/promises";
import type { Machine, MemoryNow } from "#shared/schema/machine.ts";
import type { Services } from "../../door.ts";
import { followChanges } from "../follow-changes.ts";
import type { Hardware } from "./hardware.ts";

const MEMORY_MILLISECONDS = 1000;
const MEMORY_STEP_BYTES = 64 * 2 ** 20;

async function* watch(hardware: Hardware, signal: AbortSignal | undefined): AsyncGenerator<Machine, void> {
    const first = await hardware.scan({ fresh: false });
    yield first;
    yield* followChanges((listener) => {
        const stop = hardware.subscribe(listener);
        // What changed between the first value and the subscription.
        void hardware.scan({ fresh: false }).then((now) => now !== first && listener(now));
        return stop;
    }, signal);
}

/** Looks each second, only while somebody follows. */
async function* watchMemory(
    hardware: Hardware,
    signal: AbortSignal | undefined,
    milliseconds: number,
): AsyncGenerator<MemoryNow, void> {
    let told: MemoryNow | undefined;
    for (;;) {
        if (signal?.aborted) return;
        const now = await hardware.readMemoryNow();
        if (!told || hasMoved(told, now)) {
            told = now;
            yield now;
        }
        await wait(milliseconds, undefined, signal ? { signal } : {}).catch(() => undefined);
    }
}

const hasMoved = (told: MemoryNow, now: MemoryNow): boolean =>
    Math.abs(now.freeBytes - told.freeBytes) > MEMORY_STEP_BYTES ||
    Math.abs((now.gpuFreeBytes ?? 0) - (told.gpuFreeBytes ?? 0)) > MEMORY_STEP_BYTES ||
    now.totalBytes !== told.totalBytes ||
    now.gpuTotalBytes !== told.gpuTotalBytes;

export function hardwareProcedures(hardware: Hardware, memoryMilliseconds = MEMORY_MILLISECONDS): Services["hardware"] {
    return {
        scan: ({ fresh }) => hardware.scan({ fresh }),
        watch: (_input, { signal }) => watch(hardware, signal),
        watchMemory: (_input, { signal }) => watchMemory(hardware, signal, memoryMilliseconds),
        correct: (corrections) => hardware.correct(corrections),
    };
}
