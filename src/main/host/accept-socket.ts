import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { Router } from "@orpc/server";
import { RPCHandler } from "@orpc/server/ws";
import { WebSocketServer, type WebSocket } from "ws";
import type { contract } from "#shared/contract/contract.ts";
import { mayEnter } from "./may-enter.ts";
import { createSendQueue } from "./send-queue.ts";
import type { Sessions } from "./sessions.ts";

const MOST_FRAME_BYTES = 2 ** 20;
const MOST_SOCKETS = 64;
const PING_MILLISECONDS = 10_000;
/** Half a minute without a pong and without anything taken (bar B10): such a reader comes back and resumes by offset. */
const PINGS_MISSED = 2;
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
        pingMilliseconds = PING_MILLISECONDS,
    }: {
        router: Router<typeof contract, Record<never, never>>;
        sessions: Sessions;
        port: number;
        pingMilliseconds?: number;
    },
): { close(): void } {
    const handler = new RPCHandler(router);
    const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_FRAME_BYTES, perMessageDeflate: false });
    /** Pings since the last sign of life. */
    const missed = new WeakMap<WebSocket, number>();

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
            const isAlive = () => void missed.set(accepted, 0);
            isAlive();
            accepted.on("pong", isAlive);
            accepted.on("error", () => accepted.terminate());
            void handler.upgrade(inTurn(accepted, isAlive), { context: {} });
        });
    });
    const timer = setInterval(() => {
        for (const socket of sockets.clients) {
            const count = (missed.get(socket) ?? 0) + 1;
            missed.set(socket, count);
            if (count > PINGS_MISSED) socket.terminate();
            else socket.ping();
        }
    }, pingMilliseconds);
    timer.unref();
    return {
        close() {
            clearInterval(timer);
            for (const socket of sockets.clients) socket.terminate();
            sockets.close();
        },
    };
}

/** The socket as oRPC uses it, sending in turn; one that takes nothing while ever more is asked of it is closed. */
function inTurn(socket: WebSocket, onProgress: () => void): Pick<WebSocket, "addEventListener" | "send"> {
    const onOverflow = () => {
        socket.close(TRY_LATER, "too slow");
        setTimeout(() => socket.terminate(), 1000).unref();
    };
    const send = createSendQueue(socket, { onProgress, onOverflow });
    return { addEventListener: socket.addEventListener.bind(socket), send: send as WebSocket["send"] };
}
