import { fork } from "node:child_process";
import { childEnvironment } from "../child-environment.ts";
import type { ChildProcess } from "../shell.ts";

const LOG_TAIL_CHARACTERS = 64 * 1024;
const PIPE_MILLISECONDS = 100;
/** Starts one of our processes as a child of the web host. It dies with the host. */
export function spawnChild(entry: string, { execArgv = [] }: { execArgv?: string[] } = {}): ChildProcess {
    const env = childEnvironment();
    const child = fork(entry, { serialization: "advanced", stdio: ["ignore", "pipe", "pipe", "ipc"], execArgv, env });
    let tail = "";
    const keep = (data: Buffer) => (tail = (tail + data.toString("utf8")).slice(-LOG_TAIL_CHARACTERS));
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    const exited = new Promise<{ exitCode: number | null; signal: string | null }>((resolve) => {
        // Its last words may still be in the pipes; what it started itself may hold them open.
        child.once("exit", (exitCode, signal) => setTimeout(resolve, PIPE_MILLISECONDS, { exitCode, signal }));
        child.once("close", (exitCode, signal) => resolve({ exitCode, signal }));
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
