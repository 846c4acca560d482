import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { WebSocket } from "ws";
import type { Api } from "../src/shared/contract/contract.ts";

export type HostClient = { api: Api; cookie: string; close(): void };

/** Enters a host by a one-time link, as a browser does. Returns the session's cookie. */
export async function enter(link: string): Promise<string> {
    const { headers } = await fetch(link, { redirect: "manual" });
    return headers.get("set-cookie")?.split(";")[0] ?? "";
}

/** The contract over the host's own socket, for what a test does beside the page. */
export async function connectTo(link: string, cookie: string): Promise<HostClient> {
    const { host, origin } = new URL(link);
    const socket = new WebSocket(`ws://${host}/socket`, { headers: { cookie, origin } });
    await new Promise((resolve, reject) => {
        socket.once("open", resolve);
        socket.once("error", reject);
    });
    const line = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
    return { api: createORPCClient<Api>(line), cookie, close: () => socket.terminate() };
}
