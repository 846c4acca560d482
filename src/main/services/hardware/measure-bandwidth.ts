import { Worker } from "node:worker_threads";
import { z } from "zod";

/** Bytes a second of all threads together, and the least share of the time in which one of them had a core. */
const BandwidthResult = z.object({ bytesPerSecond: z.number().positive(), cpuShare: z.number().min(0).max(1) });
type BandwidthResult = z.infer<typeof BandwidthResult>;
const MOST_THREADS = 64;
const MOST_BYTES_PER_THREAD = 256 * 2 ** 20;
/** Below this the caches of the processor would be measured. */
const LEAST_BYTES_IN_ALL = 128 * 2 ** 20;
/** Never more of the free memory than this part, in all. */
const PART_OF_FREE = 1 / 8;

export type BandwidthTask = { threads: number; bytesPerThread: number; milliseconds: number };

/** How to measure with the memory that is free; null: too little is free to say anything about memory. */
export function planBandwidth({
    physicalCores,
    freeBytes,
}: {
    physicalCores: number;
    freeBytes: number;
}): BandwidthTask | null {
    const threads = Math.min(MOST_THREADS, physicalCores);
    const bytesPerThread = Math.min(MOST_BYTES_PER_THREAD, Math.floor((freeBytes * PART_OF_FREE) / threads));
    return threads * bytesPerThread < LEAST_BYTES_IN_ALL ? null : { threads, bytesPerThread, milliseconds: 900 };
}

/** Runs the bandwidth worker once. Rejects when it fails or is aborted. */
export function measureBandwidth(
    entry: string,
    { task, signal }: { task: BandwidthTask; signal: AbortSignal },
): Promise<BandwidthResult> {
    return new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const worker = new Worker(entry, { workerData: task });
        const onAbort = () => void worker.terminate();
        signal.addEventListener("abort", onAbort, { once: true });
        worker.once("message", (message: unknown) => {
            const result = BandwidthResult.safeParse(message);
            if (result.success) resolve(result.data);
            else reject(new Error("the bandwidth worker answered something else"));
        });
        worker.once("error", reject);
        worker.once("exit", () => {
            signal.removeEventListener("abort", onAbort);
            reject(new Error("the bandwidth worker ended without an answer"));
        });
    });
}
