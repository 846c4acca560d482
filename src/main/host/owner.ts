import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, rmSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { takeLock } from "./lock.ts";

const ANSWER_MILLISECONDS = 10_000;
const PAUSE_MILLISECONDS = 50;

/** What a running Hearth says to a second start: a fresh link (web host), or that its own window came to the front. */
export type HandOver = { kind: "link"; link: string } | { kind: "window" };

/** Where the running Hearth listens for a second start and `hearth link`: a socket that only this user may open. */
export function controlAddress(dataFolder: string): string {
    const short = createHash("sha256").update(path.resolve(dataFolder)).digest("hex").slice(0, 16);
    if (process.platform === "win32") return `\\\\.\\pipe\\hearth-${short}`;
    const inside = path.join(dataFolder, "control.sock");
    // A socket's path has room for about 100 bytes.
    return Buffer.byteLength(inside) < 100
        ? inside
        : path.join(os.tmpdir(), `hearth-${process.getuid?.() ?? 0}-${short}.sock`);
}

/** Asks the running Hearth to take over; null where none runs, or it does not answer within 10 seconds. */
export async function askForHandOver(dataFolder: string): Promise<HandOver | null> {
    return new Promise((resolve) => {
        const socket = net.connect(controlAddress(dataFolder));
        let answer = "";
        socket.setTimeout(ANSWER_MILLISECONDS, () => socket.destroy());
        socket.setEncoding("utf8");
        socket.on("connect", () => socket.write("link\n"));
        socket.on("data", (data) => (answer += String(data)));
        socket.on("error", () => undefined);
        socket.on("close", () => {
            const said = answer.trim();
            if (said === "") resolve(null);
            else resolve(said === "window" ? { kind: "window" } : { kind: "link", link: said });
        });
    });
}

export type Ownership = { kind: "owner"; close(): Promise<void> };

/**
 * Becomes the one owner of a profile, or returns what the running Hearth answered. `handOver` answers later starts, and
 * may wait until this one is ready. Null: another process holds the profile and does not answer.
 */
export async function becomeOwner(
    dataFolder: string,
    handOver: () => Promise<HandOver>,
): Promise<Ownership | HandOver | null> {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    const begun = performance.now();
    while (performance.now() - begun < ANSWER_MILLISECONDS) {
        const owner =
            process.platform === "win32" ? await own(dataFolder, handOver) : await ownLocked(dataFolder, handOver);
        if (owner) return owner;
        // Nobody may answer yet where the other start is a moment ahead, or where it just ended.
        const answer = await askForHandOver(dataFolder);
        if (answer) return answer;
        await wait(PAUSE_MILLISECONDS);
    }
    return null;
}

async function ownLocked(dataFolder: string, handOver: () => Promise<HandOver>): Promise<Ownership | null> {
    const lock = takeLock(dataFolder);
    if (!lock) return null;
    // With the lock in hand, a socket that lies there is a dead owner's.
    rmSync(controlAddress(dataFolder), { force: true });
    const owner = await own(dataFolder, handOver);
    if (!owner) {
        lock.release();
        return null;
    }
    return {
        kind: "owner",
        async close() {
            await owner.close();
            lock.release();
        },
    };
}

/** Listens at the control address; null where another does. A pipe of Windows is gone with its process, so it is the lock. */
function own(dataFolder: string, handOver: () => Promise<HandOver>): Promise<Ownership | null> {
    const address = controlAddress(dataFolder);
    const server = net.createServer((socket) => {
        socket.on("error", () => undefined);
        socket.once("data", () => {
            void handOver().then((answer) => socket.end(`${answer.kind === "link" ? answer.link : "window"}\n`));
        });
    });
    return new Promise((resolve, reject) => {
        server.once("error", (error: NodeJS.ErrnoException) =>
            error.code === "EADDRINUSE" ? resolve(null) : reject(error),
        );
        server.listen(address, () => {
            if (process.platform !== "win32") chmodSync(address, 0o600);
            resolve({ kind: "owner", close: () => new Promise((closed) => server.close(() => closed())) });
        });
    });
}
