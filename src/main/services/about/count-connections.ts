import diagnostics from "node:diagnostics_channel";
import { BlockList, isIPv6, type Socket } from "node:net";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8);
loopback.addAddress("::1", "ipv6");
const isLoopback = (address: string): boolean => loopback.check(address, isIPv6(address) ? "ipv6" : "ipv4");

/**
 * Counts the connections beyond this computer that this process has tried to open since: every socket of Node, whoever opened
 * it (fetch, https, a library), once. The engine and the inspector are processes of their own and open none.
 */
export function countConnections(): { count(): number; close(): void } {
    let count = 0;
    const onSocket = (message: unknown) => {
        const { socket } = message as { socket: Socket };
        let isCounted = false;
        socket.on("connectionAttempt", (address: string) => {
            if (isCounted || isLoopback(address)) return;
            isCounted = true;
            count += 1;
        });
    };
    diagnostics.subscribe("net.client.socket", onSocket);
    return {
        count: () => count,
        close: () => void diagnostics.unsubscribe("net.client.socket", onSocket),
    };
}
