import { fork } from "node:child_process";
import { childEnvironment } from "../child-environment.ts";
import type { ChildProcess } from "../shell.ts";

const LOG_TAIL_CHARACTERS = 64 * 1024;
/** Starts one of our processes as a child of the web host. It dies with the host. */
export function spawnChild(entry: string, { execArgv = [] }: { execArgv?: string[] } = {}): ChildProcess {
    const env = childEnvironment();
    const child = fork(entry, { serialization: "advanced", stdio: ["ignore", "pipe", "pipe", "ipc"], execArgv, env });
    let tail = "";
    const keep = (data: Buffer) => (tail = (tail + data.toString("utf8")).slice(-LOG_TAIL_CHARACTERS));
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    const exited = new Promise<{ exitCode: number | null; signal: string | null }>((resolve) => {
        child.once("exit", (exitCode, signal) => resolve({ exitCode, signal }));
        child.once("error", () => resolve({ exitCode: null, signal: null }));
    });
    return {
        pid: child.pid,
        port: {
            postMessage: (message) => {
                // A child that is gone cannot be told; its end is heard through `exited`.
                if (child.connected) child.send(message as object, () => undefined);
            },
            on: (_event, listener) => void child.on("message", (data) => listener({ data })),
        },
        exited,
        readLogTail: () => tail,
        kill: () => void child.kill("SIGKILL"),
    };
}
