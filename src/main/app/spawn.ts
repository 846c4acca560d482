import { utilityProcess } from "electron";
import { childEnvironment } from "../child-environment.ts";
import type { ChildProcess } from "../shell.ts";

const LOG_TAIL_CHARACTERS = 64 * 1024;

/** Starts one of our processes as a utility process of Electron, with a clean environment. */
export function spawnUtility(entry: string, { execArgv = [] }: { execArgv?: string[] } = {}): ChildProcess {
    const child = utilityProcess.fork(entry, [], {
        stdio: "pipe",
        execArgv,
        env: childEnvironment(),
        serviceName: "Hearth",
    });
    let tail = "";
    const keep = (data: Buffer) => (tail = (tail + data.toString("utf8")).slice(-LOG_TAIL_CHARACTERS));
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    return {
        get pid() {
            return child.pid;
        },
        port: {
            postMessage: (message) => child.postMessage(message),
            on: (_event, listener) => void child.on("message", (data: unknown) => listener({ data })),
        },
        exited: new Promise((resolve) => child.once("exit", (exitCode) => resolve({ exitCode, signal: null }))),
        readLogTail: () => tail,
        kill: () => {
            // utilityProcess.kill asks (SIGTERM); a process that hangs in native code needs the hard way.
            try {
                if (child.pid === undefined) child.kill();
                else process.kill(child.pid, "SIGKILL");
            } catch {
                // Gone already; its end is heard through `exited`.
            }
        },
    };
}
