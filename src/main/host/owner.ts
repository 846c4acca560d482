import { chmodSync, mkdirSync, rmSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { createHash } from "node:crypto";

const ANSWER_MILLISECONDS = 2000;

/**
 * Where the running host listens for `hearth link`: a socket that only this user may open. It is also the lock: who holds
 * it owns the profile, and a dead owner's socket refuses, so nothing stale can block a start.
 */
export function controlAddress(dataFolder: string): string {
    const short = createHash("sha256").update(path.resolve(dataFolder)).digest("hex").slice(0, 16);
    if (process.platform === "win32") return `\\\\.\\pipe\\hearth-${short}`;
    const inside = path.join(dataFolder, "control.sock");
    // A socket's path has room for about 100 bytes.
    return Buffer.byteLength(inside) < 100
        ? inside
        : path.join(os.tmpdir(), `hearth-${process.getuid?.() ?? 0}-${short}.sock`);
}

/** Asks the running host for a fresh link; null where none runs. */
export async function askForLink(dataFolder: string): Promise<string | null> {
    return new Promise((resolve) => {
        const socket = net.connect(controlAddress(dataFolder));
        let answer = "";
        socket.setTimeout(ANSWER_MILLISECONDS, () => socket.destroy());
        socket.setEncoding("utf8");
        socket.on("connect", () => socket.write("link\n"));
        socket.on("data", (data) => (answer += String(data)));
        socket.on("error", () => undefined);
        socket.on("close", () => resolve(answer.trim() || null));
    });
}

export type Ownership = { close(): Promise<void> };

/** Becomes the owner of a profile, or returns null where another host already is. `link` makes the answer to `hearth link`. */
export async function becomeOwner(dataFolder: string, link: () => string): Promise<Ownership | null> {
    const address = controlAddress(dataFolder);
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    for (const attempt of [1, 2, 3]) {
        const server = net.createServer((socket) => {
            socket.on("error", () => undefined);
            socket.once("data", (data) => socket.end(String(data).startsWith("link") ? `${link()}\n` : "\n"));
        });
        const outcome = await listen(server, address);
        if (outcome === "listening") {
            if (process.platform !== "win32") chmodSync(address, 0o600);
            return { close: () => new Promise((resolve) => server.close(() => resolve())) };
        }
        if ((await askForLink(dataFolder)) !== null) return null;
        // Nobody answers: the socket of a host that was killed.
        if (attempt < 3) rmSync(address, { force: true });
    }
    return null;
}

function listen(server: net.Server, address: string): Promise<"listening" | "taken"> {
    return new Promise((resolve, reject) => {
        server.once("error", (error: NodeJS.ErrnoException) =>
            error.code === "EADDRINUSE" ? resolve("taken") : reject(error),
        );
        server.listen(address, () => resolve("listening"));
    });
}
