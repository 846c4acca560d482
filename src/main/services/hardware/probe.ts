import { statfs } from "node:fs/promises";
import path from "node:path";
import si from "systeminformation";
import type { BackendReport } from "#shared/schema/engine.ts";
import { cleanName } from "./clean-name.ts";
import { type ContainerLimits, readContainerLimits } from "./container.ts";
import { readInstructionSets } from "./instruction-sets.ts";
import type { MemoryModules } from "./memory-bandwidth.ts";
import { type MainMemory, readMainMemory } from "./memory-now.ts";

/** Each part has so long; one that is late or fails is left out, and the scan goes on (2,000 ms in all). */
const PART_MILLISECONDS = 1700;
const SLOWEST_MODULES = 400;
const FASTEST_MODULES = 20_000;

export type Cpu = { name: string; physicalCores: number; logicalCores: number };
export type Disk = { totalBytes: number; freeBytes: number };
type System = { name: string; version: string };
type Battery = { isOnBattery: boolean; percent: number };

/** What is asked, each on its own. */
export type Parts = {
    cpu: () => Promise<Cpu>;
    instructionSets: () => Promise<string[]>;
    memory: () => Promise<MainMemory>;
    limits: () => Promise<ContainerLimits>;
    modules: () => Promise<MemoryModules | null>;
    disk: () => Promise<Disk>;
    system: () => Promise<System>;
    battery: () => Promise<Battery | null>;
    backends: () => Promise<BackendReport>;
};

/** What answered. Null: that part failed, or was late, or (battery, modules) there is none. */
export type Probed = { [Part in keyof Parts]: Awaited<ReturnType<Parts[Part]>> | null };

async function within<Value>(ask: () => Promise<Value>, milliseconds: number): Promise<Value | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), milliseconds)));
    try {
        return await Promise.race([ask(), late]);
    } catch {
        return null;
    } finally {
        clearTimeout(timer);
    }
}

async function readCpu(): Promise<Cpu> {
    const { manufacturer, brand, physicalCores, cores } = await si.cpu();
    const named = brand.toLowerCase().startsWith(manufacturer.toLowerCase()) ? brand : `${manufacturer} ${brand}`;
    const logicalCores = Math.max(1, cores);
    return {
        name: cleanName(named) || "Unknown processor",
        physicalCores: Math.min(logicalCores, Math.max(1, physicalCores || Math.ceil(cores / 2))),
        logicalCores,
    };
}

/** Null where the firmware does not tell a speed that memory can have (virtual machines say 0). */
async function readModules(): Promise<MemoryModules | null> {
    const speeds = (await si.memLayout())
        .filter(({ size }) => size > 0)
        .map(({ clockSpeed }) => clockSpeed ?? 0)
        .filter((speed) => speed >= SLOWEST_MODULES && speed <= FASTEST_MODULES);
    return speeds.length === 0 ? null : { count: speeds.length, megatransfersPerSecond: Math.min(...speeds) };
}

/** The nearest folder that exists: the models folder may not be there yet. */
async function readDisk(folder: string): Promise<Disk> {
    try {
        const { blocks, bavail, bsize } = await statfs(folder);
        return { totalBytes: blocks * bsize, freeBytes: bavail * bsize };
    } catch (error) {
        const parent = path.dirname(folder);
        if (parent === folder) throw error;
        return readDisk(parent);
    }
}

async function readSystem(): Promise<System> {
    const { distro, release } = await si.osInfo();
    return { name: cleanName(distro), version: cleanName(release) };
}

async function readBattery(): Promise<Battery | null> {
    const { hasBattery, acConnected, percent } = await si.battery();
    return hasBattery ? { isOnBattery: !acConnected, percent: Math.min(100, Math.max(0, percent || 0)) } : null;
}

/** The parts of this computer. */
export const createParts = ({
    modelsFolder,
    readBackends,
}: {
    modelsFolder: string;
    readBackends: () => Promise<BackendReport>;
}): Parts => ({
    cpu: readCpu,
    instructionSets: readInstructionSets,
    memory: readMainMemory,
    limits: () => readContainerLimits(),
    modules: readModules,
    disk: () => readDisk(modelsFolder),
    system: readSystem,
    battery: readBattery,
    backends: readBackends,
});

/** Asks all parts side by side, each within the limit. Never throws. */
export async function probe(parts: Parts, partMilliseconds = PART_MILLISECONDS): Promise<Probed> {
    const ask = <Value>(part: () => Promise<Value>) => within(part, partMilliseconds);
    const [cpu, instructionSets, memory, limits, modules, disk, system, battery, backends] = await Promise.all([
        ask(parts.cpu),
        ask(parts.instructionSets),
        ask(parts.memory),
        ask(parts.limits),
        ask(parts.modules),
        ask(parts.disk),
        ask(parts.system),
        ask(parts.battery),
        ask(parts.backends),
    ]);
    return { cpu, instructionSets, memory, limits, modules, disk, system, battery, backends };
}
