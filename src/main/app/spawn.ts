import { utilityProcess } from "electron";
import type { ChildProcess } from "../shell.ts";

const LOG_TAIL_CHARACTERS = 64 * 1024;

/** Starts one of our processes as a utility process of Electron, with a clean environment. */
export function spawnUtility(entry: string, { execArgv = [] }: { execArgv?: string[] } = {}): ChildProcess {
    const env = Object.fromEntries(
        Object.entries(process.env).filter(([name]) => !/TOKEN|SECRET|PASSWORD|^HF_/i.test(name)),
    );
    const child = utilityProcess.fork(entry, [], { stdio: "pipe", execArgv, env, serviceName: "Hearth" });
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
            if (child.pid === undefined) child.kill();
            else process.kill(child.pid, "SIGKILL");
        },
    };
}
