import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { z } from "zod";

const ARRAY_BYTES = 256 * 2 ** 20;
const RUN_MILLISECONDS = 900;
const Task = z.object({ threads: z.number().int().positive(), mostBytes: z.number().positive() });
const Part = z.object({ bytes: z.number().positive() });

/**
 * Memory bandwidth as decoding uses it: as many threads as physical cores each sum a private array that no cache holds
 * (hardware/README.md section 8). One thread never shows the full rate.
 */
function sumForAWhile(bytes: number): number {
    const array = new Float64Array(Math.floor(bytes / 8)).fill(1);
    let read = 0;
    let sum = 0;
    const begun = performance.now();
    let seconds = 0;
    do {
        let a = 0;
        let b = 0;
        let c = 0;
        let d = 0;
        for (let index = 0; index + 3 < array.length; index += 4) {
            a += array[index] ?? 0;
            b += array[index + 1] ?? 0;
            c += array[index + 2] ?? 0;
            d += array[index + 3] ?? 0;
        }
        sum += a + b + c + d;
        read += array.byteLength;
        seconds = (performance.now() - begun) / 1000;
    } while (seconds < RUN_MILLISECONDS / 1000);
    if (sum <= 0) throw new Error("the sum was optimized away");
    return read / seconds;
}

const part = Part.safeParse(workerData);
if (part.success) parentPort?.postMessage(sumForAWhile(part.data.bytes));
else if (!isMainThread) {
    const { threads, mostBytes } = Task.parse(workerData);
    const bytes = Math.min(ARRAY_BYTES, mostBytes / threads);
    const rates = await Promise.all(
        Array.from(
            { length: threads },
            () =>
                new Promise<number>((resolve, reject) => {
                    const worker = new Worker(new URL(import.meta.url), { workerData: { bytes } });
                    worker.once("message", (rate: unknown) => resolve(z.number().parse(rate)));
                    worker.once("error", reject);
                }),
        ),
    );
    parentPort?.postMessage({ bytesPerSecond: rates.reduce((sum, rate) => sum + rate, 0) });
}
