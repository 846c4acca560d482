import path from "node:path";
import { describe, expect, it } from "vitest";
import { type Machine, MemoryNow } from "#shared/schema/machine.ts";
import type { Hardware } from "./hardware.ts";
import { loadMachineFile } from "./machine-file.ts";
import { hardwareProcedures } from "./procedures.ts";
import { machinesFolder } from "./scan.fixtures.ts";

const MiB = 2 ** 20;
const described = await loadMachineFile(path.join(machinesFolder, "laptop-8gb.json"));
const machine = (scanMilliseconds: number): Machine => ({ ...described, scanMilliseconds });

/** Memory that moves as told, and a machine that changes when published. */
function fakeHardware(freeMebibytes: number[]) {
    const listeners = new Set<(machine: Machine) => void>();
    let current = machine(1);
    let reads = 0;
    const hardware: Hardware = {
        scan: () => Promise.resolve(current),
        readMemoryNow: () => {
            const freeBytes = (freeMebibytes[Math.min(reads++, freeMebibytes.length - 1)] ?? 0) * MiB;
            return Promise.resolve({ totalBytes: 8192 * MiB, freeBytes, gpuTotalBytes: null, gpuFreeBytes: null });
        },
        correct: () => Promise.resolve(current),
        wantsThreads: () => false,
        rememberThreads: () => Promise.resolve(),
        subscribe: (listener) => {
            listeners.add(listener);
            return () => void listeners.delete(listener);
        },
        close: () => undefined,
    };
    const publish = (changed: Machine) => {
        current = changed;
        for (const listener of listeners) listener(changed);
    };
    return { hardware, publish, listeners, reads: () => reads };
}

async function open<Value>(stream: AsyncIterable<Value> | Promise<AsyncIterable<Value>>) {
    return (await stream)[Symbol.asyncIterator]();
}

describe("hardware.watch", () => {
    it("gives the machine, then each change, and lets go with the signal", async () => {
        const { hardware, publish, listeners } = fakeHardware([]);
        const stopping = new AbortController();
        const changes = await open(hardwareProcedures(hardware).watch(undefined, { signal: stopping.signal }));
        expect((await changes.next()).value).toMatchObject({ scanMilliseconds: 1 });
        publish(machine(2));
        expect((await changes.next()).value).toMatchObject({ scanMilliseconds: 2 });
        const third = changes.next();
        publish(machine(3));
        expect((await third).value).toMatchObject({ scanMilliseconds: 3 });
        const ended = changes.next();
        stopping.abort();
        expect((await ended).done).toBe(true);
        expect(listeners.size).toBe(0);
    });
});

describe("hardware.watchMemory", () => {
    it("tells the first value and then moves of more than 64 MiB only", async () => {
        const { hardware, reads } = fakeHardware([1000, 1010, 1064, 1065, 1000, 935]);
        const stopping = new AbortController();
        const follow = await open(hardwareProcedures(hardware, 1).watchMemory(undefined, { signal: stopping.signal }));
        const told: number[] = [];
        for (let count = 0; count < 3; count++) told.push(MemoryNow.parse((await follow.next()).value).freeBytes / MiB);
        expect(told).toEqual([1000, 1065, 1000]);
        const ended = follow.next();
        stopping.abort();
        // The read in progress may still find the last move; after it the stream ends.
        const last = await ended;
        if (!last.done) expect((await follow.next()).done).toBe(true);
        const after = reads();
        expect((await follow.next()).done).toBe(true);
        expect(reads()).toBe(after);
    });
});
