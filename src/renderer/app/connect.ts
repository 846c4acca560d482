import { createORPCClient, ORPCError } from "@orpc/client";
import { RPCLink as PortLink } from "@orpc/client/message-port";
import { RPCLink as SocketLink } from "@orpc/client/websocket";
import type { Api } from "#shared/contract/contract.ts";
import { MOST_TEXT_CHARACTERS } from "#shared/contract/text.ts";

/** `locked`: the host is there, and does not know this page (any more): it needs a fresh link. */
export type ConnectionStatus = "connecting" | "open" | "lost" | "locked";

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
                refuseLongText(args[0]);
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

/** A text that the contract does not take never leaves: a frame that is too large would cost the whole line. */
function refuseLongText(input: unknown): void {
    const text: unknown = typeof input === "object" && input !== null ? Reflect.get(input, "text") : undefined;
    if (typeof text !== "string" || text.length <= MOST_TEXT_CHARACTERS) return;
    const data = { characters: text.length, mostCharacters: MOST_TEXT_CHARACTERS };
    throw new ORPCError("TEXT_TOO_LONG", { data });
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
    let newest: WebSocket | undefined;
    const open = () => {
        let hasOpened = false;
        const socket = (newest = new WebSocket(`${window.location.origin.replace(/^http/, "ws")}/socket`));
        socket.addEventListener("open", () => {
            hasOpened = true;
            pause = FIRST_PAUSE_MILLISECONDS;
            become("open");
            ready.resolve(createORPCClient<Api>(new SocketLink({ websocket: socket })));
        });
        socket.addEventListener("close", () => {
            if (hasOpened) become("lost");
            else void isLocked().then((locked) => socket === newest && become(locked ? "locked" : "lost"));
            // Calls that come while the line is lost wait for the next one; those that wait already keep their promise.
            if (hasOpened) ready = Promise.withResolvers<Api>();
            setTimeout(open, pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS);
        });
    };
    open();
    return createWaitingClient(() => ready.promise);
}

/** A socket does not tell its page why it was refused; the page's own address does. */
async function isLocked(): Promise<boolean> {
    try {
        // oxlint-disable-next-line no-restricted-globals -- the page's own host; the content policy lets it reach no other
        return (await fetch(window.location.pathname, { method: "HEAD", cache: "no-store" })).status === 401;
    } catch {
        return false;
    }
}
