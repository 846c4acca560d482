import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type Api, contract } from "#shared/contract/contract.ts";
import type { Chat } from "#shared/schema/chat.ts";
import { ChatId, MessageId } from "#shared/schema/ids.ts";
import { openDoor } from "../door.ts";
import { createToldServices } from "../router.fixtures.ts";
import { acceptSockets } from "./accept-socket.ts";
import { createSessions } from "./sessions.ts";
import { openSlowLine } from "./slow-line.fixtures.ts";

const MESSAGE_CHARACTERS = 250_000;
const chatId = ChatId.parse("long");
const messageId = MessageId.parse("m");

/** A conversation of 5 MB and more. */
const longChat: Chat = {
    summary: { id: chatId, title: "Long", updatedAt: 1, messageCount: 24, modelName: null },
    draft: "",
    messages: Array.from({ length: 24 }, (_, index) => ({
        id: MessageId.parse(`m${index}`),
        chatId,
        sequence: index + 1,
        role: "assistant",
        text: `${index} `.padEnd(MESSAGE_CHARACTERS, "wörter "),
        state: "complete",
        createdAt: 1,
        modelId: null,
        modelName: null,
        statistics: null,
        predicted: null,
        failure: null,
    })),
};

let server: Server;
let acceptor: { close(): void };
let folder: string;
let sessions: ReturnType<typeof createSessions>;
/** How many events the host has been asked for, and how many of them were made. */
let made: number;
/** An answer that grows whenever it is looked at: each event holds all that was not read yet, as an answer's followers get it. */
async function* follow() {
    for (let endOffset = 1; endOffset < 1_000_000; endOffset++) {
        made++;
        yield { kind: "text" as const, text: "x".repeat(2000), endOffset, tokensWritten: null };
        await wait(1);
    }
}

async function open(pingMilliseconds: number): Promise<void> {
    made = 0;
    folder = mkdtempSync(path.join(tmpdir(), "hearth-sockets-"));
    sessions = createSessions(folder);
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const answers = (name: string) => (name === "get" ? longChat : name === "follow" ? follow() : {});
    const router = openDoor(
        contract,
        createToldServices((procedure) => answers(procedure.at(-1) ?? "")),
        { info: () => undefined, warn: () => undefined },
    );
    const port = (server.address() as AddressInfo).port;
    acceptor = acceptSockets(server, { router, sessions, port, pingMilliseconds });
}
afterEach(() => {
    acceptor.close();
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
});

async function connect(throughPort: number): Promise<{ api: Api; socket: WebSocket; closes: number[] }> {
    const port = (server.address() as AddressInfo).port;
    const cookie = (await sessions.redeem(sessions.issueLink()))?.split(";")[0] ?? "";
    const socket = new WebSocket(`ws://127.0.0.1:${throughPort}/socket`, {
        headers: { host: `127.0.0.1:${port}`, origin: `http://127.0.0.1:${port}`, cookie },
    });
    const closes: number[] = [];
    socket.on("close", (code) => closes.push(code));
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    const api = createORPCClient<Api>(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
    return { api, socket, closes };
}

describe("a slow line", () => {
    it(
        "brings a conversation of 5 MB while an answer streams beside it, and stays open",
        { timeout: 60_000 },
        async () => {
            await open(1000);
            const line = await openSlowLine((server.address() as AddressInfo).port, 1_500_000);
            try {
                const { api, socket, closes } = await connect(line.port);
                const followed = new AbortController();
                let events = 0;
                const following = (async () => {
                    for await (const _ of await api.answers.follow({ messageId }, { signal: followed.signal }))
                        events++;
                })().catch(() => undefined);
                const chat = await api.chats.get({ chatId });
                expect(JSON.stringify(chat).length).toBeGreaterThan(5_000_000);
                expect(chat).toEqual(longChat);
                // Behind it on the same line comes the answer, without a new connection.
                await expect.poll(() => events).toBeGreaterThan(5);
                expect(closes).toEqual([]);
                followed.abort();
                await following;
                socket.terminate();
            } finally {
                line.close();
            }
        },
    );

    it(
        "is not sent more of an answer than it takes: the rest waits where it is merged",
        { timeout: 60_000 },
        async () => {
            await open(15_000);
            const { api, socket } = await connect((server.address() as AddressInfo).port);
            const stream = await api.answers.follow({ messageId });
            await stream.next();
            // The reader's process stands still. What the system's own buffers take is not ours to hold.
            socket.pause();
            let before = -1;
            while (made !== before) {
                before = made;
                await wait(500);
            }
            expect(made * 2000).toBeLessThan(32 * 2 ** 20);
            socket.resume();
            await expect.poll(() => made).toBeGreaterThan(before);
            await stream.return?.(undefined);
            socket.terminate();
        },
    );
});

it("a client that is gone without a word is let go", async () => {
    await open(100);
    const { socket, closes } = await connect((server.address() as AddressInfo).port);
    socket.pong = () => undefined;
    await expect.poll(() => closes.length, { timeout: 5000 }).toBe(1);
});
