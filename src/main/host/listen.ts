import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { createServer, type RequestListener, type Server } from "node:http";
import { Failed } from "#shared/schema/failure.ts";

const PORTS_TRIED = 20;
const LAST_PORT = 65_535;
const LOOPBACK = ["127.0.0.1", "::1"] as const;

/**
 * Until the services are there. Without it whoever knocks meanwhile would hang for ever, and a page that comes back after a
 * restart knocks at once: its socket is refused (an upgrade without a listener is a request) and tried again.
 */
const sayStarting: RequestListener = (_request, response) => {
    response.writeHead(503, { connection: "close", "cache-control": "no-store", refresh: "1" });
    response.end("Hearth is starting.");
};

/** Servers on both loopback addresses and nowhere else. A computer without IPv6 has one. */
export type Listening = { port: number; servers: Server[]; serve(app: Hono): void };

/** Takes the first free port from `firstPort` on; throws NO_FREE_PORT after twenty. */
export async function listenOnLoopback(firstPort: number): Promise<Listening> {
    const lastPort = Math.min(firstPort + PORTS_TRIED - 1, LAST_PORT);
    for (let port = firstPort; port <= lastPort; port++) {
        const servers: Server[] = [];
        let isTaken = false;
        for (const address of LOOPBACK) {
            if (isTaken) break;
            // A slow client is cut off at the first check after its time: 25 seconds at most.
            const server = createServer({
                headersTimeout: 10_000,
                requestTimeout: 20_000,
                connectionsCheckingInterval: 5000,
                maxHeaderSize: 16 * 2 ** 10,
            });
            server.on("request", sayStarting);
            const outcome = await tryListen(server, port, address);
            if (outcome === "listening") servers.push(server);
            if (outcome === "taken") isTaken = true;
        }
        if (!isTaken && servers.length > 0)
            return {
                port,
                servers,
                serve(app) {
                    const listener = getRequestListener(app.fetch);
                    for (const server of servers) {
                        server.off("request", sayStarting);
                        server.on("request", (request, response) => void listener(request, response));
                    }
                },
            };
        await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    }
    throw new Failed({ code: "NO_FREE_PORT", data: { firstPort, lastPort } });
}

function tryListen(server: Server, port: number, address: string): Promise<"listening" | "taken" | "no-such-address"> {
    return new Promise((resolve, reject) => {
        server.once("error", (error: NodeJS.ErrnoException) => {
            if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve("taken");
            else if (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT") resolve("no-such-address");
            else reject(error);
        });
        server.listen({ port, host: address, ipv6Only: address === "::1" }, () => resolve("listening"));
    });
}
