import { statfs } from "node:fs/promises";
import path from "node:path";
import si from "systeminformation";
import type { BackendReport } from "#shared/schema/engine.ts";
import { cleanName } from "./clean-name.ts";
import { readContainerLimits } from "./container.ts";
import { readMainMemory } from "./memory-now.ts";

/** Each part has so long; one that is late or fails is left out, and the scan goes on. */
const PART_MILLISECONDS = 1700;
const wantedSets = [
    "sse4_2",
    "avx",
    "avx2",
    "fma",
    "f16c",
    "avx512f",
    "avx512_vnni",
    "avx_vnni",
    "amx_int8",
    "neon",
    "asimd",
    "asimddp",
    "i8mm",
    "sve",
];

async function within<Value>(work: Promise<Value>): Promise<Value | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), PART_MILLISECONDS)));
    try {
        return await Promise.race([work, late]);
    } catch {
        return null;
    } finally {
        clearTimeout(timer);
    }
}

async function readCpu() {
    const { manufacturer, brand, physicalCores, cores, flags } = await si.cpu();
    const found = new Set((flags || (await si.cpuFlags())).toLowerCase().split(/\s+/));
    const named = brand.toLowerCase().startsWith(manufacturer.toLowerCase()) ? brand : `${manufacturer} ${brand}`;
    return {
        name: cleanName(named) || "Unknown processor",
        physicalCores: Math.max(1, physicalCores || Math.ceil(cores / 2)),
        logicalCores: Math.max(1, cores),
        instructionSets: wantedSets.filter((name) => found.has(name)),
    };
}

/** Peak of the modules: megatransfers × 8 bytes × channels, a module a channel, two at most (hardware/README.md section 1.7). */
async function readModules(): Promise<number | null> {
    const modules = (await si.memLayout()).filter(
        ({ size, clockSpeed }) => size > 0 && clockSpeed !== null && clockSpeed > 0,
    );
    const speed = Math.min(...modules.map(({ clockSpeed }) => clockSpeed ?? 0));
    return modules.length === 0 ? null : speed * 1e6 * 8 * Math.min(2, modules.length);
}

/** The nearest folder that exists: the models folder may not be there yet. */
async function readDisk(folder: string): Promise<{ totalBytes: number; freeBytes: number }> {
    try {
        const { blocks, bavail, bsize } = await statfs(folder);
        return { totalBytes: blocks * bsize, freeBytes: bavail * bsize };
    } catch (error) {
        const parent = path.dirname(folder);
        if (parent === folder) throw error;
        return readDisk(parent);
    }
}

/** Everything that can be asked of this computer, side by side. Null: that part did not answer. */
export async function probe({
    modelsFolder,
    readBackends,
}: {
    modelsFolder: string;
    readBackends: () => Promise<BackendReport>;
}) {
    const [cpu, memory, limits, modulesBytesPerSecond, disk, system, battery, backends] = await Promise.all([
        within(readCpu()),
        within(readMainMemory()),
        within(readContainerLimits()),
        within(readModules()),
        within(readDisk(modelsFolder)),
        within(si.osInfo()),
        within(si.battery()),
        within(readBackends()),
    ]);
    return { cpu, memory, limits, modulesBytesPerSecond, disk, system, battery, backends };
}
export type Probed = Awaited<ReturnType<typeof probe>>;
