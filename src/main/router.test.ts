import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { MessageChannel } from "node:worker_threads";
import { createORPCClient, ORPCError } from "@orpc/client";
import { RPCLink as PortLink } from "@orpc/client/message-port";
import { RPCLink as SocketLink } from "@orpc/client/websocket";
import type { AnySchema } from "@orpc/contract";
import { RPCHandler } from "@orpc/server/ws";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { type Api, contract } from "#shared/contract/contract.ts";
import { Failed } from "#shared/schema/failure.ts";
import { portAsSocket } from "./app/port-as-socket.ts";
import { openDoor } from "./door.ts";
import { odd } from "./payloads.fixtures.ts";
import { createToldServices, listProcedures } from "./router.fixtures.ts";

const PAYLOADS = 200;
type Line = { api: Api; sendRaw(frame: unknown): void; close(): void };

let reached: { path: string[]; input: unknown }[] = [];
let answer: (path: string[]) => unknown;
const warnings: string[] = [];
const router = openDoor(
    contract,
    createToldServices((path, input) => {
        reached.push({ path, input });
        return answer(path);
    }),
    { info: () => undefined, warn: (event, fields) => void warnings.push(`${event} ${JSON.stringify(fields)}`) },
);

async function openPort(): Promise<Line> {
    const { port1, port2 } = new MessageChannel();
    await new RPCHandler(router).upgrade(
        portAsSocket({
            postMessage: (message) => port1.postMessage(message),
            on: (event: string, listener: (event: { data: unknown }) => void) =>
                port1.on(event, (data: unknown) => listener({ data })),
        }),
        { context: {} },
    );
    port2.start();
    return {
        api: createORPCClient<Api>(new PortLink({ port: port2 })),
        sendRaw: (frame) => port2.postMessage(frame),
        close: () => port2.close(),
    };
}

async function openSocket(): Promise<Line> {
    const server = createServer();
    const sockets = new WebSocketServer({ server });
    const handler = new RPCHandler(router);
    sockets.on("connection", (socket) => void handler.upgrade(socket, { context: {} }));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await new Promise((resolve) => socket.once("open", resolve));
    return {
        api: createORPCClient<Api>(new SocketLink({ websocket: socket as unknown as globalThis.WebSocket })),
        sendRaw: (frame) => typeof frame === "string" && socket.send(frame),
        close: () => {
            socket.terminate();
            server.close();
        },
    };
}

type Call = (input: unknown) => Promise<unknown>;
const procedureOf = (api: Api, path: string[]): Call =>
    path.reduce<unknown>((branch, name) => (branch as Record<string, unknown>)[name], api) as Call;

const fieldNames = [
    "chatId",
    "messageId",
    "modelId",
    "handle",
    "text",
    "title",
    "settings",
    "limit",
    "fresh",
    "fromOffset",
    "threads",
];
const payload = fc.oneof(
    odd,
    fc.dictionary(fc.constantFrom(...fieldNames, "__proto__", "constructor", "toString"), odd, {
        noNullPrototype: false,
    }),
    fc.dictionary(fc.constantFrom(...fieldNames), fc.string({ maxLength: 60 })),
);

const accepts = async (schema: AnySchema | undefined, value: unknown): Promise<boolean> =>
    schema === undefined || (await schema["~standard"].validate(value)).issues === undefined;

describe.each([
    ["a message port", openPort],
    ["a web socket", openSocket],
])("the contract over %s", (_name, open) => {
    let line: Line;
    beforeEach(async () => {
        reached = [];
        answer = () => {
            throw new Failed({ code: "ENGINE_BUSY", data: {} });
        };
        line = await open();
    });
    afterEach(() => line.close());

    it.each(listProcedures().map((listed) => [listed.path.join("."), listed] as const))(
        `refuses ${PAYLOADS} wrong payloads of %s before its service sees them (bar B11)`,
        async (_path, { path, input }) => {
            const call = procedureOf(line.api, path);
            await fc.assert(
                fc.asyncProperty(payload, async (value) => {
                    const before = reached.length;
                    const error: unknown = await call(value).catch((caught: unknown) => caught);
                    expect(error).toBeInstanceOf(ORPCError);
                    const { code } = error as ORPCError<string, unknown>;
                    // Reached only with what the schema takes; prototype keys are refused by the carrier even where it would.
                    if (reached.length === before) expect(code).toBe("BAD_REQUEST");
                    else {
                        expect(code).toBe("ENGINE_BUSY");
                        expect(await accepts(input, reached.at(-1)?.input)).toBe(true);
                    }
                    expect(reached.length - before).toBeLessThanOrEqual(1);
                }),
                { numRuns: PAYLOADS },
            );
        },
    );

    it("outlives 300 malformed frames", async () => {
        const good = '{"i":"9","p":{"u":"orpc://localhost/engine/unload","b":{}}}';
        const frame = fc.oneof(
            fc.string({ unit: "binary" }),
            fc.json(),
            fc
                .tuple(fc.nat(good.length - 1), fc.string({ minLength: 1, maxLength: 3 }))
                .map(([at, text]) => good.slice(0, at) + text + good.slice(at + text.length)),
            fc.constant("[".repeat(200_000)),
            fc.constant(`{"i":"1","p":{"u":"/engine/unload","b":{"json":${"[".repeat(5000)}${"]".repeat(5000)}}}}`),
            fc.object(),
        );
        // oRPC tells the terminal of each frame that it drops.
        vi.spyOn(console, "error").mockImplementation(() => undefined);
        for (const bad of fc.sample(frame, 300)) line.sendRaw(bad);
        await expect(line.api.engine.unload()).rejects.toMatchObject({ code: "ENGINE_BUSY" });
    });

    it("keeps a failure's code and data", async () => {
        answer = () => {
            throw new Failed({ code: "NOT_ENOUGH_MEMORY", data: { memory: "main", neededBytes: 2, freeBytes: 1 } });
        };
        await expect(line.api.engine.unload()).rejects.toMatchObject({
            code: "NOT_ENOUGH_MEMORY",
            data: { memory: "main", neededBytes: 2, freeBytes: 1 },
            defined: true,
        });
    });

    it("tells nothing of a bug but a reference, which the log explains", async () => {
        answer = () => {
            throw new TypeError("secret of /home/reader");
        };
        const error: unknown = await line.api.engine.unload().catch((caught: unknown) => caught);
        expect(error).toMatchObject({ code: "UNEXPECTED", defined: true });
        expect(JSON.stringify(error)).not.toContain("secret");
        const { reference } = (error as ORPCError<string, { reference: string }>).data;
        expect(warnings.at(-1)).toContain(reference);
        expect(warnings.at(-1)).toContain("secret");
    });

    it("ends a stream that breaks after its first value with a typed error", async () => {
        answer = async function* () {
            yield { totalBytes: 2, freeBytes: 1, gpuTotalBytes: null, gpuFreeBytes: null };
            await Promise.resolve();
            throw new Error("secret");
        };
        const stream = await line.api.hardware.watchMemory();
        const error: unknown = await (async () => {
            for await (const value of stream) expect(value).toBeDefined();
        })().catch((caught: unknown) => caught);
        expect(error).toMatchObject({ code: "UNEXPECTED" });
        expect(JSON.stringify(error)).not.toContain("secret");
    });
});

it("has a procedure for each room", () => {
    expect(listProcedures().length).toBeGreaterThanOrEqual(20);
});
