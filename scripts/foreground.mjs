// Runs one command in the terminal until it ends. Plain JavaScript: the reader's own Node runs it.
import { spawn } from "node:child_process";

const passedOn = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Resolves with its exit code. Signals that this process gets go on to it, so that nothing is left behind. */
export function runInForeground(command, args, options = {}) {
    const child = spawn(command, args, { stdio: "inherit", ...options });
    // A terminal tells the whole group itself; a second telling does no harm.
    for (const signal of passedOn) process.on(signal, () => child.kill(signal));
    return new Promise((resolve) => {
        child.once("error", (error) => {
            console.error(`${command} could not be started: ${error.message}`);
            resolve(1);
        });
        child.once("exit", (code) => resolve(code ?? 1));
    });
}
