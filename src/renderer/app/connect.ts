import { createORPCClient } from "@orpc/client";
import { RPCLink as PortLink } from "@orpc/client/message-port";
import { RPCLink as SocketLink } from "@orpc/client/websocket";
import type { Api } from "#shared/contract/contract.ts";

export type ConnectionStatus = "connecting" | "open" | "lost";

/** The host, by the port that Electron's preload hands over or by the web host's socket. */
export type Connection = {
    api: Api;
    status(): ConnectionStatus;
    /** Called on each change. Returns the way to stop. */
    subscribe(listener: () => void): () => void;
};

const FIRST_PAUSE_MILLISECONDS = 250;
const LONGEST_PAUSE_MILLISECONDS = 5000;
const PORT_MARK = "hearth:port";

/** Under Electron the page has our own scheme; everywhere else (the development server too) it is the web host's. */
const isElectron = (): boolean => window.location.protocol === "app:";

/**
 * Connects, and connects again when the line is lost, with growing pauses. Calls made meanwhile wait for the line; streams
 * end with an error, and whoever follows one resumes by offset.
 */
export function connect(): Connection {
    const listeners = new Set<() => void>();
    let status: ConnectionStatus = "connecting";
    const become = (next: ConnectionStatus) => {
        if (status === next) return;
        status = next;
        for (const listener of listeners) listener();
    };
    const api = isElectron() ? connectPort(become) : connectSocket(become);
    return {
        api,
        status: () => status,
        subscribe(listener) {
            listeners.add(listener);
            return () => void listeners.delete(listener);
        },
    };
}

type Become = (status: ConnectionStatus) => void;

/** A client whose every call goes to the newest carrier, waiting while there is none. */
function createWaitingClient(newest: () => Promise<Api>): Api {
    const build = (path: readonly string[]): unknown =>
        new Proxy(() => undefined, {
            get: (_target, name) => (typeof name === "string" && name !== "then" ? build([...path, name]) : undefined),
            apply: async (_target, _self, args: unknown[]) => {
                const client = await newest();
                const procedure = path.reduce<unknown>(
                    (branch, name) => Reflect.get(Object(branch) as object, name),
                    client,
                );
                return (procedure as (...passed: unknown[]) => unknown)(...args);
            },
        });
    return build([]) as Api;
}

function connectPort(become: Become): Api {
    const client = new Promise<Api>((resolve) => {
        window.addEventListener("message", (event) => {
            const port = event.ports[0];
            if (event.source !== window || event.data !== PORT_MARK || !port) return;
            port.start();
            become("open");
            resolve(createORPCClient<Api>(new PortLink({ port })));
        });
    });
    return createWaitingClient(() => client);
}

function connectSocket(become: Become): Api {
    let pause = FIRST_PAUSE_MILLISECONDS;
    let ready = Promise.withResolvers<Api>();
    const open = () => {
        let hasOpened = false;
        const socket = new WebSocket(`${window.location.origin.replace(/^http/, "ws")}/socket`);
        socket.addEventListener("open", () => {
            hasOpened = true;
            pause = FIRST_PAUSE_MILLISECONDS;
            become("open");
            ready.resolve(createORPCClient<Api>(new SocketLink({ websocket: socket })));
        });
        socket.addEventListener("close", () => {
            become("lost");
            // Calls that come while the line is lost wait for the next one; those that wait already keep their promise.
            if (hasOpened) ready = Promise.withResolvers<Api>();
            setTimeout(open, pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS);
        });
    };
    open();
    return createWaitingClient(() => ready.promise);
}
