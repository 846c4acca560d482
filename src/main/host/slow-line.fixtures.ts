import net from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** A line of so many bytes a second towards the client, as a tunnel over a slow network is; the other way is not slowed. */
export async function openSlowLine(toPort: number, bytesPerSecond: number): Promise<{ port: number; close(): void }> {
    const sockets = new Set<net.Socket>();
    const server = net.createServer((client) => {
        const host = net.connect({ port: toPort, host: "127.0.0.1" });
        for (const socket of [client, host]) {
            sockets.add(socket);
            socket.on("error", () => socket.destroy());
        }
        client.pipe(host);
        client.on("close", () => host.destroy());
        void (async () => {
            try {
                for await (const data of host) {
                    client.write(data as Buffer);
                    await wait(((data as Buffer).length / bytesPerSecond) * 1000);
                }
            } catch {
                // The other end is gone.
            }
            client.destroy();
        })();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
        port: (server.address() as net.AddressInfo).port,
        close() {
            for (const socket of sockets) socket.destroy();
            server.close();
        },
    };
}
