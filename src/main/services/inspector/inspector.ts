import type { HeaderFault } from "#shared/schema/failure.ts";
import type { Inspection } from "#shared/schema/inspection.ts";
import { FromInspector } from "../../inspector/messages.ts";
import type { ChildProcess } from "../../shell.ts";
import type { Log } from "../log/log.ts";

/** The inspector process as services see it: started when first needed, ended when it is late, started again. */
export type Inspector = {
    /** Reads the header of a file. At most 2,000 milliseconds; a dead or late inspector gives `too-slow`. */
    inspect(filePath: string, options?: { signal?: AbortSignal }): Promise<Inspection>;
    close(): void;
};

const LIMIT_MILLISECONDS = 2000;
/** Starting the process takes a part of a second, on a busy computer more; it is no fault of the file. */
const START_MILLISECONDS = 5000;

export function createInspector({ spawn, log }: { spawn: () => ChildProcess; log: Log }): Inspector {
    let child: ChildProcess | undefined;
    let hasAnswered = false;
    let nextRequest = 1;
    const pending = new Map<number, (inspection: Inspection) => void>();
    /** One at a time on this side too, so that each file has the whole limit to itself. */
    let queue: Promise<unknown> = Promise.resolve();

    const start = (): ChildProcess => {
        const started = spawn();
        started.port.on("message", ({ data }) => {
            const parsed = FromInspector.safeParse(data);
            if (!parsed.success) return;
            hasAnswered = true;
            pending.get(parsed.data.request)?.(parsed.data.inspection);
        });
        void started.exited.then(() => {
            if (child !== started) return;
            child = undefined;
            hasAnswered = false;
            for (const [request, resolve] of pending)
                resolve(refused("too-slow", `request ${request}: the inspector ended`));
        });
        return started;
    };

    const inspectNow = async (filePath: string, signal: AbortSignal | undefined): Promise<Inspection> => {
        if (signal?.aborted) return refused("stopped", "");
        try {
            child ??= start();
        } catch {
            return refused("too-slow", "the inspector did not start");
        }
        const used = child;
        const request = nextRequest++;
        const limit = hasAnswered ? LIMIT_MILLISECONDS : START_MILLISECONDS;
        const stop = () => used.port.postMessage({ kind: "stop", request });
        signal?.addEventListener("abort", stop, { once: true });
        let timer: NodeJS.Timeout | undefined;
        try {
            return await new Promise<Inspection>((resolve) => {
                pending.set(request, resolve);
                timer = setTimeout(() => {
                    log.warn("inspector.late", { milliseconds: limit });
                    if (child === used) child = undefined;
                    hasAnswered = false;
                    used.kill();
                    resolve(refused("too-slow", `no answer in ${limit} ms`, limit));
                }, limit);
                used.port.postMessage({ kind: "inspect", request, filePath });
            });
        } finally {
            clearTimeout(timer);
            pending.delete(request);
            signal?.removeEventListener("abort", stop);
        }
    };

    return {
        inspect(filePath, { signal } = {}) {
            const result = queue.then(() => inspectNow(filePath, signal));
            queue = result;
            return result;
        },
        close() {
            const ending = child;
            child = undefined;
            ending?.kill();
            for (const resolve of pending.values()) resolve(refused("stopped", "Hearth is closing"));
        },
    };
}

const refused = (fault: HeaderFault, detail: string, milliseconds = 0): Inspection => ({
    verdict: "refused",
    fault,
    detail,
    missingBytes: null,
    milliseconds,
});
