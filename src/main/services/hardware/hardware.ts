import { applyCorrections } from "#shared/domain/machine/correct.ts";
import type { Device } from "#shared/schema/device.ts";
import type { BackendReport } from "#shared/schema/engine.ts";
import type { Corrections, Machine, MemoryNow } from "#shared/schema/machine.ts";
import type { Paths } from "../../shell.ts";
import type { Log } from "../log/log.ts";
import type { SettingsStore } from "../settings/settings.ts";
import { buildMachine } from "./build-machine.ts";
import {
    createFactsFile,
    type Facts,
    factsKey,
    joinMeasurement,
    joinThreads,
    type ThreadFacts,
    wantsThreads,
} from "./facts.ts";
import { loadMachineFile } from "./machine-file.ts";
import { measureBandwidth, planBandwidth } from "./measure-bandwidth.ts";
import { readMainMemory } from "./memory-now.ts";
import { createParts, type Parts, probe, type Probed } from "./probe.ts";

/** This computer (or a described one), with the reader's corrections in place. */
export type Hardware = {
    /** Cached unless fresh; at most 2,000 milliseconds. Throws MACHINE_DAMAGED for a described machine that is none. */
    scan(options: { fresh: boolean }): Promise<Machine>;
    /** Free memory right now, within the container's limit; a described machine's own figures. */
    readMemoryNow(): Promise<MemoryNow>;
    /** Remembered for this computer; for a described machine until the end of this run. */
    correct(corrections: Corrections): Promise<Machine>;
    /** Whether a comparison of thread counts with a model of this size would tell more than is known. */
    wantsThreads(bytesPerToken: number): boolean;
    /** Keeps how fast the engine wrote with each number of threads; the best is used from then on. */
    rememberThreads(compared: Pick<ThreadFacts, "rates" | "bytesPerToken">): Promise<void>;
    /** Called whenever a probe or a correction changed the machine. Returns the way to stop. */
    subscribe(listener: (machine: Machine) => void): () => void;
    close(): void;
};

/** At so many starts it is measured; then the highest of them stands. */
const ENOUGH_MEASUREMENTS = 3;

/** Below this share of a core other programs took part: the figure is used, and measured again at the next start. */
const UNDISTURBED_SHARE = 0.85;

/** What was given is put in; what is null is taken out, so that the detected value is back. */
function joinCorrections(before: Corrections, patch: Corrections): Corrections {
    return Object.fromEntries(Object.entries({ ...before, ...patch }).filter(([, value]) => value !== null));
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
    parts = createParts({ modelsFolder: paths.models, readBackends }),
}: {
    paths: Pick<Paths, "data" | "models">;
    settings: Pick<SettingsStore, "get" | "set">;
    readBackends: () => Promise<BackendReport>;
    loadDevices: () => Promise<Device[]>;
    machineFile: string | null;
    threadsOverride: number | null;
    bandwidthEntry: string;
    log: Log;
    /** Others for tests. */
    parts?: Parts;
}): Hardware {
    const factsFile = createFactsFile(paths.data);
    const closing = new AbortController();
    const listeners = new Set<(machine: Machine) => void>();
    /** Joins the facts of the newest scan with what was measured since. */
    let build: (() => Machine) | undefined;
    /** The machine without corrections; undefined until the first scan ended. */
    let detected: Machine | undefined;
    let shown: { from: Machine; corrections: Corrections; machine: Machine } | undefined;
    let scanning: Promise<void> | undefined;
    let measuring: Promise<void> | undefined;
    let facts: Facts | null = null;
    let describedCorrections: Corrections = {};

    /** The same object as long as nothing changed. */
    const withCorrections = (from: Machine): Machine => {
        const corrections = from.kind === "described" ? describedCorrections : settings.get().corrections;
        if (shown?.from !== from || shown.corrections !== corrections)
            shown = { from, corrections, machine: applyCorrections(from, corrections) };
        return shown.machine;
    };
    const publish = (machine: Machine) => {
        if (closing.signal.aborted) return;
        for (const listener of listeners) listener(withCorrections(machine));
    };

    const rebuild = () => {
        if (!build) return;
        detected = build();
        publish(detected);
    };

    /** A driver that starts slowly answers after the scan has ended: the plan then changes by itself. */
    const takeLate = async (report: Promise<BackendReport>, probed: Probed) => {
        try {
            probed.backends = await report;
            rebuild();
        } catch {
            log.warn("hardware.graphics-not-read");
        }
    };

    const scanThisComputer = async (): Promise<() => Machine> => {
        const begun = performance.now();
        const scannedAt = new Date().toISOString();
        const report = Promise.resolve().then(() => parts.backends());
        const [probed, devices] = await Promise.all([probe({ ...parts, backends: () => report }), loadDevices()]);
        const scanMilliseconds = Math.round(performance.now() - begun);
        const buildNow = () => buildMachine(probed, { devices, facts, threadsOverride, scannedAt, scanMilliseconds });
        facts ??= factsFile.read(factsKey(buildNow()));
        log.info("hardware.scanned", { milliseconds: scanMilliseconds, hasGraphics: probed.backends !== null });

        if (probed.backends === null) void takeLate(report, probed);
        if ((facts?.measurements ?? 0) < ENOUGH_MEASUREMENTS)
            measuring ??= measure(buildNow())
                .catch((error: unknown) => {
                    if (!closing.signal.aborted)
                        log.warn("hardware.bandwidth-failed", {
                            name: error instanceof Error ? error.name : "unknown",
                        });
                })
                .finally(() => (measuring = undefined));
        return buildNow;
    };

    /** In a worker, after the scan: it takes a second and keeps all cores busy. Never on battery, which slows memory. */
    const measure = async (machine: Machine) => {
        const task = planBandwidth({
            physicalCores: machine.cpu.physicalCores.value,
            freeBytes: machine.memory.freeBytes.value,
        });
        if (task === null || machine.battery?.isOnBattery) return;
        const { bytesPerSecond, cpuShare } = await measureBandwidth(bandwidthEntry, { task, signal: closing.signal });
        log.info("hardware.bandwidth-measured", { bytesPerSecond: Math.round(bytesPerSecond), cpuShare });
        facts = joinMeasurement(facts, {
            key: factsKey(machine),
            bytesPerSecond,
            isBusy: cpuShare < UNDISTURBED_SHARE,
        });
        rebuild();
        await factsFile.write(facts);
    };

    const startScan = async () => {
        const isFirst = detected === undefined;
        const described = machineFile === null ? null : await loadMachineFile(machineFile);
        build = described ? () => described : await scanThisComputer();
        detected = build();
        if (!isFirst) publish(detected);
    };

    const scan = async (fresh: boolean): Promise<Machine> => {
        if (fresh || !detected) await (scanning ??= startScan().finally(() => (scanning = undefined)));
        if (!detected) throw new Error("a scan that ended has a machine");
        return withCorrections(detected);
    };

    return {
        scan: ({ fresh }) => scan(fresh),
        async readMemoryNow() {
            const machine = detected && withCorrections(detected);
            const card = machine?.gpus[0];
            const main =
                machine?.kind === "described"
                    ? { totalBytes: machine.memory.totalBytes.value, freeBytes: machine.memory.freeBytes.value }
                    : await readMainMemory();
            const totalBytes = machine?.memory.totalBytes.value ?? main.totalBytes;
            return {
                totalBytes,
                // What others hold stays held, whatever total the reader gave; applyCorrections says the same.
                freeBytes: Math.max(0, totalBytes - (main.totalBytes - main.freeBytes)),
                gpuTotalBytes: card?.totalBytes.value ?? null,
                gpuFreeBytes: card?.freeBytes.value ?? null,
            };
        },
        async correct(corrections) {
            await scan(false);
            if (machineFile === null)
                await settings.set({ corrections: joinCorrections(settings.get().corrections, corrections) });
            else describedCorrections = joinCorrections(describedCorrections, corrections);
            const machine = await scan(false);
            if (detected) publish(detected);
            return machine;
        },
        wantsThreads: (bytesPerToken) =>
            machineFile === null &&
            threadsOverride === null &&
            (settings.get().corrections.threads ?? null) === null &&
            wantsThreads(facts?.threads ?? null, bytesPerToken),
        async rememberThreads(compared) {
            if (!detected || machineFile !== null) return;
            const before = facts ?? {
                key: factsKey(detected),
                bandwidthBytesPerSecond: null,
                measurements: 0,
                threads: null,
            };
            facts = { ...before, threads: joinThreads(before.threads, compared) };
            rebuild();
            await factsFile.write(facts);
        },
        subscribe(listener) {
            listeners.add(listener);
            return () => void listeners.delete(listener);
        },
        close() {
            closing.abort();
            listeners.clear();
        },
    };
}
