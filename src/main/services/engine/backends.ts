import type { BackendReport } from "#shared/schema/engine.ts";
import { Failed, type Phase } from "#shared/schema/failure.ts";
import type { ChildProcess } from "../../shell.ts";
import type { Log } from "../log/log.ts";
import { watchEngine } from "./engine-link.ts";

const BACKEND_LIMIT_MILLISECONDS = 5000;

type Options = { spawn: () => ChildProcess; log: Log; deadlines: Record<Phase, number> | undefined };

/** What the engine's backend says of the graphics, asked once; and whether its driver took the engine down. */
export function createBackends({ spawn, log, deadlines }: Options) {
    let isGraphicsBroken = false;
    let report: Promise<BackendReport> | undefined;
    const ask = (useGraphics: boolean) => askBackends(spawn, useGraphics, deadlines);
    return {
        /** A driver that takes the engine down would do so at every load. */
        isGraphicsBroken: () => isGraphicsBroken,
        /** Throws ENGINE_UNAVAILABLE; the next call asks again. */
        read(): Promise<BackendReport> {
            report ??= ask(!isGraphicsBroken)
                .catch((error: unknown) => {
                    if (!(error instanceof Failed) || error.failure.code !== "ENGINE_DIED" || isGraphicsBroken)
                        throw error;
                    isGraphicsBroken = true;
                    log.warn("engine.graphics-off", { cause: error.failure.data.cause.kind });
                    return ask(false);
                })
                .catch((error: unknown) => {
                    report = undefined;
                    const detail = error instanceof Failed ? error.failure.code : "the engine did not answer";
                    throw new Failed({ code: "ENGINE_UNAVAILABLE", data: { detail } });
                });
            return report;
        },
    };
}

/** A process of its own: a broken graphics driver may take it down, and nothing else. Throws ENGINE_DIED. */
async function askBackends(
    spawn: () => ChildProcess,
    useGraphics: boolean,
    deadlines: Record<Phase, number> | undefined,
): Promise<BackendReport> {
    const asked = watchEngine(spawn(), {
        onAlive: () => undefined,
        onEnded: () => 0,
        ...(deadlines ? { deadlines } : {}),
    });
    const late = setTimeout(() => asked.endSilent(BACKEND_LIMIT_MILLISECONDS), BACKEND_LIMIT_MILLISECONDS);
    try {
        await asked.ready;
        return await asked.request({ kind: "backends", useGraphics }, (message) =>
            message.kind === "backends" ? message.report : undefined,
        ).result;
    } finally {
        clearTimeout(late);
        await asked.end();
    }
}
