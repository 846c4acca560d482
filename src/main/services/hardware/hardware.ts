import { readFile } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import { z } from "zod";
import { applyCorrections } from "#shared/domain/machine/correct.ts";
import type { Device } from "#shared/schema/device.ts";
import type { BackendReport } from "#shared/schema/engine.ts";
import { Failed } from "#shared/schema/failure.ts";
import { type Corrections, Machine, type MemoryNow } from "#shared/schema/machine.ts";
import type { Paths } from "../../shell.ts";
import type { Log } from "../log/log.ts";
import type { SettingsStore } from "../settings/settings.ts";
import { buildMachine } from "./build-machine.ts";
import { createFactsFile } from "./facts.ts";
import { readMainMemory } from "./memory-now.ts";
import { probe } from "./probe.ts";

/** This computer (or a described one), with the reader's corrections in place. */
export type Hardware = {
    /** Cached unless fresh; at most 2,000 milliseconds. */
    scan(options: { fresh: boolean }): Promise<Machine>;
    /** Free memory right now, within the container's limit. */
    readMemoryNow(): Promise<MemoryNow>;
    correct(corrections: Corrections): Promise<Machine>;
    /** Called whenever a probe or a correction changed the machine. Returns the way to stop. */
    subscribe(listener: (machine: Machine) => void): () => void;
    close(): void;
};

const BandwidthResult = z.object({ bytesPerSecond: z.number().positive() });

/** Reads a described machine. Throws MACHINE_DAMAGED with the wrong field. */
export async function loadMachineFile(file: string): Promise<Machine> {
    try {
        const parsed = Machine.safeParse(JSON.parse(await readFile(file, "utf8")));
        if (parsed.success) return parsed.data;
        throw new Failed({
            code: "MACHINE_DAMAGED",
            data: { field: String(parsed.error.issues[0]?.path.join(".") ?? "").slice(0, 300) },
        });
    } catch (error) {
        if (error instanceof Failed) throw error;
        throw new Failed({ code: "MACHINE_DAMAGED", data: { field: "the file cannot be read" } });
    }
}

export function createHardware({
    paths,
    settings,
    readBackends,
    loadDevices,
    machineFile,
    threadsOverride,
    bandwidthEntry,
    log,
}: {
    paths: Paths;
    settings: SettingsStore;
    readBackends: () => Promise<BackendReport>;
    loadDevices: () => Promise<Device[]>;
    machineFile: string | null;
    threadsOverride: number | null;
    bandwidthEntry: string;
    log: Log;
}): Hardware {
    const factsFile = createFactsFile(paths.data);
    const listeners = new Set<(machine: Machine) => void>();
    let detected: Promise<Machine> | undefined;
    let worker: Worker | undefined;
    let isClosed = false;

    const withCorrections = (machine: Machine) => applyCorrections(machine, settings.get().corrections);
    const publish = (machine: Machine) => {
        for (const listener of listeners) listener(withCorrections(machine));
    };
    const factsKey = (machine: Machine) =>
        `${machine.cpu.name.value}, ${Math.round(machine.memory.totalBytes.value / 2 ** 30)} GiB`;

    const detect = async (): Promise<Machine> => {
        if (machineFile !== null) return loadMachineFile(machineFile);
        const begun = performance.now();
        const [probed, devices] = await Promise.all([
            probe({ modelsFolder: paths.models, readBackends }),
            loadDevices(),
        ]);
        const none = { key: "", bandwidthBytesPerSecond: null };
        const machine = buildMachine(probed, { devices, facts: none, threadsOverride, begun });
        const facts = factsFile.read(factsKey(machine));
        const remembered = buildMachine(probed, { devices, facts, threadsOverride, begun });
        log.info("hardware.scanned", { milliseconds: remembered.scanMilliseconds, gpus: remembered.gpus.length });
        if (facts.bandwidthBytesPerSecond === null) measureBandwidth(remembered);
        return remembered;
    };

    /** In a worker, after the scan: it takes a second and keeps all cores busy. */
    const measureBandwidth = (machine: Machine) => {
        if (worker || isClosed) return;
        const started = new Worker(bandwidthEntry, {
            workerData: {
                threads: machine.cpu.physicalCores.value,
                mostBytes: Math.floor(machine.memory.freeBytes.value / 8),
            },
        });
        worker = started;
        started.once("message", (message: unknown) => {
            const result = BandwidthResult.safeParse(message);
            if (!result.success || isClosed) return;
            const { bytesPerSecond } = result.data;
            void factsFile.write({ key: factsKey(machine), bandwidthBytesPerSecond: bytesPerSecond });
            const measured: Machine = {
                ...machine,
                memory: {
                    ...machine.memory,
                    measuredBandwidthBytesPerSecond: { value: bytesPerSecond, origin: "measured", confidence: "high" },
                },
            };
            detected = Promise.resolve(measured);
            publish(measured);
        });
        started.once("error", (error) => log.warn("hardware.bandwidth-failed", { name: error.name }));
        started.once("exit", () => (worker = undefined));
    };

    return {
        async scan({ fresh }) {
            if (fresh || !detected) {
                detected = detect();
                detected.catch(() => (detected = undefined));
                if (fresh) publish(await detected);
            }
            return withCorrections(await detected);
        },
        async readMemoryNow() {
            const card = detected ? (await detected).gpus[0] : undefined;
            const { totalBytes, freeBytes } = await readMainMemory();
            return {
                totalBytes,
                freeBytes,
                gpuTotalBytes: card?.totalBytes.value ?? null,
                gpuFreeBytes: card?.freeBytes.value ?? null,
            };
        },
        async correct(corrections) {
            await settings.set({ corrections: { ...settings.get().corrections, ...corrections } });
            detected ??= detect();
            const machine = await detected;
            publish(machine);
            return withCorrections(machine);
        },
        subscribe(listener) {
            listeners.add(listener);
            return () => void listeners.delete(listener);
        },
        close() {
            isClosed = true;
            void worker?.terminate();
        },
    };
}
