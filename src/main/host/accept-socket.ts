import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { Router } from "@orpc/server";
import { RPCHandler } from "@orpc/server/ws";
import { WebSocketServer, type WebSocket } from "ws";
import type { contract } from "#shared/contract/contract.ts";
import { mayEnter } from "./may-enter.ts";
import type { Sessions } from "./sessions.ts";

const MOST_FRAME_BYTES = 2 ** 20;
/** Unsent bytes at which a slow follower is cut off; it comes back and resumes by offset. */
const MOST_WAITING_BYTES = 2 ** 20;
const MOST_SOCKETS = 64;
const PING_MILLISECONDS = 15_000;
const TRY_LATER = 1013;

const header = (value: string | string[] | undefined): string | undefined =>
    Array.isArray(value) ? value.join(", ") : value;

function refuse(socket: Duplex, status: number): void {
    socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Takes sockets at /socket; host, origin and session are asked once, at the upgrade, and the contract checks every frame. */
export function acceptSockets(
    server: Server,
    {
        router,
        sessions,
        port,
    }: { router: Router<typeof contract, Record<never, never>>; sessions: Sessions; port: number },
): { close(): void } {
    const handler = new RPCHandler(router);
    const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_FRAME_BYTES, perMessageDeflate: false });
    const alive = new WeakSet<WebSocket>();

    server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        socket.on("error", () => socket.destroy());
        const { headers } = request;
        const refusal = mayEnter(
            {
                // As often as it was sent, so that a second Host cannot hide behind a good first one.
                host: request.headersDistinct["host"]?.join(", "),
                origin: headers.origin,
                fetchSite: header(headers["sec-fetch-site"]),
                fetchMode: header(headers["sec-fetch-mode"]),
            },
            port,
            "socket",
        );
        if (refusal) return refuse(socket, refusal.status);
        if (request.url !== "/socket") return refuse(socket, 404);
        if (!sessions.isOpen(headers.cookie)) return refuse(socket, 401);
        if (sockets.clients.size >= MOST_SOCKETS) return refuse(socket, 503);
        sockets.handleUpgrade(request, socket, head, (accepted) => {
            alive.add(accepted);
            accepted.on("pong", () => alive.add(accepted));
            accepted.on("error", () => accepted.terminate());
            void handler.upgrade(limitWaiting(accepted), { context: {} });
        });
    });
    const timer = setInterval(() => {
        for (const socket of sockets.clients) {
            if (!alive.delete(socket)) socket.terminate();
            else socket.ping();
        }
    }, PING_MILLISECONDS);
    timer.unref();
    return {
        close() {
            clearInterval(timer);
            for (const socket of sockets.clients) socket.terminate();
            sockets.close();
        },
    };
}

/** oRPC has no back-pressure: a socket on which more than 1 MiB waits is closed. */
function limitWaiting(socket: WebSocket): Pick<WebSocket, "addEventListener" | "send"> {
    return {
        addEventListener: socket.addEventListener.bind(socket),
        send: ((data: string | Uint8Array) => {
            if (socket.readyState !== socket.OPEN) return;
            if (socket.bufferedAmount > MOST_WAITING_BYTES) {
                socket.close(TRY_LATER, "too slow");
                setTimeout(() => socket.terminate(), 1000).unref();
                return;
            }
            socket.send(data);
        }) as WebSocket["send"],
    };
}
