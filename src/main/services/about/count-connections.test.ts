import { once } from "node:events";
import https from "node:https";
import net, { type AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { countConnections } from "./count-connections.ts";

/** An address that no computer has (RFC 5737). */
const NOWHERE = "192.0.2.1";
let counting: ReturnType<typeof countConnections>;
beforeEach(() => void (counting = countConnections()));
afterEach(() => counting.close());

/** It is tried at once and answered, refused or late elsewhere; what counts is that it was tried. */
function tryNowhere(): net.Socket {
    return net.connect(9, NOWHERE).on("error", () => undefined);
}

it("does not count what stays on this computer", async () => {
    const server = net.createServer((socket) => socket.end()).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    await once(net.connect(port, "127.0.0.1").resume(), "close");
    await fetch(`http://127.0.0.1:${port}`).catch(() => undefined);
    server.close();
    expect(counting.count()).toBe(0);
});

it("counts each connection that would leave it, whoever opens it, until it is closed", async () => {
    const one = tryNowhere();
    await expect.poll(counting.count).toBe(1);
    const two = https.get({ host: NOWHERE, port: 9 }).on("error", () => undefined);
    await expect.poll(counting.count).toBe(2);
    counting.close();
    const three = tryNowhere();
    await new Promise((resolve) => three.once("connectionAttempt", resolve));
    expect(counting.count()).toBe(2);
    for (const socket of [one, two, three]) socket.destroy();
});
