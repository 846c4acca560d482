import { chmodSync, rmSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Failed } from "#shared/schema/failure.ts";
import { makeFolder } from "../make-folder.ts";
import { findOwnerPid, takeLock } from "./lock.ts";
import { isOwn, openRuntimeFolder, profileName, runtimeFolder } from "./runtime-folder.ts";

const ANSWER_MILLISECONDS = 10_000;
const PAUSE_MILLISECONDS = 50;
const SOCKET_NAME = "control.sock";
/** A socket's path has room for about 100 bytes. */
const MOST_PATH_BYTES = 100;

/** What a running Hearth says to a second start: a fresh link (web host), or that its own window came to the front. */
export type HandOver = { kind: "link"; link: string } | { kind: "window" };

/** Where a socket in the profile's folder is; null where its path would be too long for one. */
function insideAddress(dataFolder: string): string | null {
    const inside = path.join(dataFolder, SOCKET_NAME);
    return Buffer.byteLength(inside) < MOST_PATH_BYTES ? inside : null;
}

/** Where a running Hearth may listen for a second start and `hearth link`, each a place that only this user may enter. */
export function controlAddresses(dataFolder: string): string[] {
    if (process.platform === "win32") return [`\\\\.\\pipe\\hearth-${profileName(dataFolder)}`];
    const elsewhere = runtimeFolder(dataFolder);
    return [insideAddress(dataFolder), isOwn(elsewhere) ? path.join(elsewhere, SOCKET_NAME) : null].filter(
        (address) => address !== null,
    );
}

/** Asks the running Hearth to take over; null where none runs, or it does not answer within 10 seconds. */
export async function askForHandOver(dataFolder: string): Promise<HandOver | null> {
    for (const address of controlAddresses(dataFolder)) {
        const answer = await ask(address);
        if (answer) return answer;
    }
    return null;
}

function ask(address: string): Promise<HandOver | null> {
    return new Promise((resolve) => {
        const socket = net.connect(address);
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
 * may wait until this one is ready. Throws FOLDER_UNUSABLE, and ALREADY_RUNNING where another process holds the profile
 * and does not answer.
 */
export async function becomeOwner(
    dataFolder: string,
    handOver: () => Promise<HandOver>,
): Promise<Ownership | HandOver> {
    makeFolder(dataFolder);
    const begun = performance.now();
    while (performance.now() - begun < ANSWER_MILLISECONDS) {
        const owner =
            process.platform === "win32"
                ? await listen(controlAddresses(dataFolder)[0] ?? "", handOver)
                : await ownLocked(dataFolder, handOver);
        if (owner) return owner;
        // Nobody may answer yet where the other start is a moment ahead, or where it just ended.
        const answer = await askForHandOver(dataFolder);
        if (answer) return answer;
        await wait(PAUSE_MILLISECONDS);
    }
    throw new Failed({ code: "ALREADY_RUNNING", data: { pid: findOwnerPid(dataFolder) } });
}

async function ownLocked(dataFolder: string, handOver: () => Promise<HandOver>): Promise<Ownership | null> {
    const lock = takeLock(dataFolder);
    if (!lock) return null;
    try {
        const owner = await listenLocked(dataFolder, handOver);
        if (owner)
            return {
                kind: "owner",
                async close() {
                    await owner.close();
                    lock.release();
                },
            };
    } catch (error) {
        lock.release();
        throw error;
    }
    lock.release();
    return null;
}

/** In the profile's folder, else (read-only, or too long a path) in the system's folder for passing files. */
async function listenLocked(dataFolder: string, handOver: () => Promise<HandOver>): Promise<Ownership | null> {
    const inside = insideAddress(dataFolder);
    let refused: unknown = new Failed({ code: "READ_ONLY", data: { what: "data" } });
    if (inside !== null) {
        try {
            return await listen(inside, handOver);
        } catch (error) {
            refused = error;
        }
    }
    const elsewhere = openRuntimeFolder(dataFolder);
    if (elsewhere === null) throw refused;
    return listen(path.join(elsewhere, SOCKET_NAME), handOver);
}

/** Listens at an address; null where another does. A pipe of Windows is gone with its process, so it is the lock. */
function listen(address: string, handOver: () => Promise<HandOver>): Promise<Ownership | null> {
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
        // With the lock in hand, a socket that lies there is a dead owner's.
        if (process.platform !== "win32") rmSync(address, { force: true });
        server.listen(address, () => {
            if (process.platform !== "win32") chmodSync(address, 0o600);
            resolve({ kind: "owner", close: () => new Promise((closed) => server.close(() => closed())) });
        });
    });
}
