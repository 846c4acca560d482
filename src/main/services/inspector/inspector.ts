import type { HeaderFault } from "#shared/schema/failure.ts";
import type { Inspection } from "#shared/schema/inspection.ts";
import type { ChildProcess } from "../../shell.ts";
import type { Log } from "../log/log.ts";
import { createInspectorProcess } from "./inspector-process.ts";

/** The reading of headers as services see it. */
export type Inspector = {
    /** Reads the header of a file. At most 2,000 milliseconds; a dead or late inspector gives `too-slow`. */
    inspect(filePath: string, options?: { signal?: AbortSignal }): Promise<Inspection>;
    close(): void;
};

const LIMIT_MILLISECONDS = 2000;
/** Starting the process takes a part of a second, on a busy computer more; it is no fault of the file. */
const START_MILLISECONDS = 5000;

export function createInspector({ spawn, log }: { spawn: () => ChildProcess; log: Log }): Inspector {
    const child = createInspectorProcess(spawn);
    return {
        async inspect(filePath, { signal } = {}) {
            const outcome = await child.ask(
                { kind: "inspect", filePath },
                (message) => (message.kind === "inspected" ? message.inspection : undefined),
                { start: START_MILLISECONDS, answer: LIMIT_MILLISECONDS, signal },
            );
            switch (outcome.kind) {
                case "reply":
                    return outcome.reply;
                case "late":
                    log.warn("inspector.late", { milliseconds: outcome.milliseconds });
                    return refused("too-slow", `no answer in ${outcome.milliseconds} ms`, outcome.milliseconds);
                case "ended":
                    return refused("too-slow", "the inspector ended");
                case "stopped":
                    return refused("stopped", "");
            }
        },
        close: child.end,
    };
}

const refused = (fault: HeaderFault, detail: string, milliseconds = 0): Inspection => ({
    verdict: "refused",
    fault,
    detail,
    missingBytes: null,
    milliseconds,
});
