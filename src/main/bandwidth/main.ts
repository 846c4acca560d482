import { parentPort, Worker, workerData } from "node:worker_threads";
import { z } from "zod";

const Task = z.object({
    threads: z.number().int().positive(),
    bytesPerThread: z.number().positive(),
    milliseconds: z.number().positive(),
});
const Part = z.object({
    bytes: z.number().positive(),
    milliseconds: z.number().positive(),
    threads: z.number().int().positive(),
    arrived: z.instanceof(SharedArrayBuffer),
});
type Part = z.infer<typeof Part>;
/** `cpuShare`: the part of the time in which the thread had a core; the rest went to other programs. */
const Rate = z.object({ bytesPerSecond: z.number().positive(), cpuShare: z.number().positive() });
type Rate = z.infer<typeof Rate>;

/** Another thread may be lost; nobody waits for it longer than this. */
const READY_MILLISECONDS = 10_000;
/** Numbers in a cache line of 64 bytes. */
const LINE = 8;

/** Returns when all threads have filled their arrays, so that all read at the same time. */
function waitForAll(ready: Int32Array, threads: number): void {
    if (Atomics.add(ready, 0, 1) + 1 >= threads) {
        Atomics.notify(ready, 0);
        return;
    }
    const begun = performance.now();
    for (;;) {
        const count = Atomics.load(ready, 0);
        if (count >= threads) return;
        if (performance.now() - begun > READY_MILLISECONDS) throw new Error("a thread of the measurement is missing");
        Atomics.wait(ready, 0, count, 100);
    }
}

/**
 * Memory bandwidth as decoding uses it: as many threads as physical cores each sum a private array that no cache holds
 * (hardware/README.md section 8). One thread never shows the full rate. One value of each cache line is added: the whole line
 * comes from memory, while adding all values would measure JavaScript (5 GB/s where a sum in C and this one read 12). Seconds are those in which the thread ran, so that a busy computer does not look like
 * one with slow memory.
 */
function sumForAWhile({ bytes, milliseconds, threads, arrived }: Part): Rate {
    const array = new Float64Array(Math.floor(bytes / 8)).fill(1);
    waitForAll(new Int32Array(arrived), threads);
    let readBytes = 0;
    let sum = 0;
    let elapsed = 0;
    const begun = performance.now();
    const used = process.threadCpuUsage();
    do {
        let a = 0;
        let b = 0;
        let c = 0;
        let d = 0;
        for (let index = 0; index + 3 * LINE < array.length; index += 4 * LINE) {
            a += array[index] ?? 0;
            b += array[index + LINE] ?? 0;
            c += array[index + 2 * LINE] ?? 0;
            d += array[index + 3 * LINE] ?? 0;
        }
        sum += a + b + c + d;
        readBytes += array.byteLength;
        elapsed = performance.now() - begun;
    } while (elapsed < milliseconds);
    if (sum <= 0) throw new Error("the sum was optimized away");
    const { user, system } = process.threadCpuUsage(used);
    const cpuMilliseconds = (user + system) / 1000;
    return { bytesPerSecond: readBytes / (cpuMilliseconds / 1000), cpuShare: Math.min(1, cpuMilliseconds / elapsed) };
}

async function measureAll({ threads, bytesPerThread, milliseconds }: z.infer<typeof Task>): Promise<Rate> {
    const arrived = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const measureOne = () =>
        new Promise<Rate>((resolve, reject) => {
            const part: Part = { bytes: bytesPerThread, milliseconds, threads, arrived };
            const worker = new Worker(new URL(import.meta.url), { workerData: part });
            worker.once("message", (rate: unknown) => resolve(Rate.parse(rate)));
            worker.once("error", reject);
        });
    const rates = await Promise.all(Array.from({ length: threads }, measureOne));
    return {
        bytesPerSecond: rates.reduce((sum, rate) => sum + rate.bytesPerSecond, 0),
        cpuShare: Math.min(...rates.map(({ cpuShare }) => cpuShare)),
    };
}

const part = Part.safeParse(workerData);
if (part.success) parentPort?.postMessage(sumForAWhile(part.data));
else parentPort?.postMessage(await measureAll(Task.parse(workerData)));
