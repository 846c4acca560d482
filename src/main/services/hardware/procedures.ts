import { setTimeout as wait } from "node:timers/promises";
import type { MemoryNow } from "#shared/schema/machine.ts";
import type { Services } from "../../door.ts";
import { followChanges } from "../follow-changes.ts";
import type { Hardware } from "./hardware.ts";

const MEMORY_MILLISECONDS = 1000;
const MEMORY_STEP_BYTES = 64 * 2 ** 20;

async function* watchMemory(hardware: Hardware, signal: AbortSignal | undefined): AsyncGenerator<MemoryNow, void> {
    let told: MemoryNow | undefined;
    while (!signal?.aborted) {
        const now = await hardware.readMemoryNow();
        if (!told || Math.abs(now.freeBytes - told.freeBytes) > MEMORY_STEP_BYTES) {
            told = now;
            yield now;
        }
        await wait(MEMORY_MILLISECONDS, undefined, signal ? { signal } : {}).catch(() => undefined);
    }
}

export function hardwareProcedures(hardware: Hardware): Services["hardware"] {
    return {
        scan: ({ fresh }) => hardware.scan({ fresh }),
        watch: async function* (_input, { signal }) {
            yield await hardware.scan({ fresh: false });
            yield* followChanges(hardware.subscribe, signal);
        },
        watchMemory: (_input, { signal }) => watchMemory(hardware, signal),
        correct: (corrections) => hardware.correct(corrections),
    };
}
