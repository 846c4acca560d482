import os from "node:os";
import type { Llama } from "node-llama-cpp";
import type { BackendReport } from "#shared/schema/engine.ts";

/** Drivers that compute graphics on the processor. They offer no memory and no speed of their own. */
const softwareDrivers = /llvmpipe|lavapipe|swiftshader|softpipe|software rasterizer|microsoft basic render/i;

export const buildName = ({ llamaCppRelease }: Llama): string => `llama.cpp ${llamaCppRelease.release}`;

/** What the engine's backend sees. `llama.gpu === "vulkan"` does not mean a graphics card (stack.md 5.2). */
export async function reportBackends(llama: Llama, libraryVersion: string): Promise<BackendReport> {
    const deviceNames = llama.gpu ? await llama.getGpuDeviceNames() : [];
    const hardware = deviceNames.filter((name) => !softwareDrivers.test(name));
    const software = deviceNames.find((name) => softwareDrivers.test(name)) ?? null;
    const isUsable = llama.gpu !== false && llama.supportsGpuOffloading && hardware.length > 0;
    const memory = isUsable ? await llama.getVramState() : { total: 0, free: 0, unifiedSize: 0 };
    return {
        engineBuild: buildName(llama),
        libraryVersion,
        backend: isUsable ? llama.gpu : null,
        deviceNames: isUsable ? hardware : [],
        totalBytes: memory.total,
        freeBytes: memory.free,
        unifiedBytes: memory.unifiedSize,
        mathCores: llama.cpuMathCores || os.availableParallelism(),
        softwareDriver: software ?? (llama.gpu !== false && !isUsable ? `${llama.gpu} without a device` : null),
    };
}
