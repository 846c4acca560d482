import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import path from "node:path";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type Api, contract } from "#shared/contract/contract.ts";
import type { AnswerEvent } from "#shared/schema/answer.ts";
import { Failed } from "#shared/schema/failure.ts";
import { MessageId } from "#shared/schema/ids.ts";
import { openDoor } from "../door.ts";
import { createToldServices } from "../router.fixtures.ts";
import { acceptSockets } from "./accept-socket.ts";
import { type Listening, listenOnLoopback } from "./listen.ts";
import { serveFiles } from "./serve-files.ts";
import { createSessions, type Sessions } from "./sessions.ts";

/** In `npm run bars` the slow clients are waited for until the host ends them. */
const isBar = Number(process.env["HEARTH_BAR_REPEATS"] ?? 10) >= 50;
/** In the app ten seconds: a reader that takes nothing is cut off after three of them, within the bar's 30 s. */
const PING_MILLISECONDS = 1000;
const SECRET = "only behind the door";
const folder = mkdtempSync(path.join(tmpdir(), "hearth-borders-"));
const renderer = path.join(folder, "renderer");
let sessions: Sessions;
let listening: Listening;
let port: number;
let cookie: string;
let acceptors: { close(): void }[];

type Answer = { status: number; headers: http.IncomingHttpHeaders; body: string };

/** Sends exactly this, as no browser would refuse to. `path` goes out unnormalised. */
function send(given: {
    host?: string;
    method?: string;
    path?: string;
    headers?: http.OutgoingHttpHeaders;
}): Promise<Answer> {
    return new Promise((resolve, reject) => {
        const request = http.request(
            { host: "127.0.0.1", port, setHost: false, agent: false, ...given },
            (response) => {
                let body = "";
                response.on("data", (data) => (body += String(data)));
                response.on("end", () =>
                    resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
                );
            },
        );
        request.on("error", reject);
        request.end();
    });
}

/** The status at the upgrade; 101 where the socket opened. */
function knock(headers: Record<string, string>, url = "/socket"): Promise<number> {
    return new Promise((resolve) => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}${url}`, { headers });
        socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
        socket.on("open", () => {
            resolve(101);
            socket.terminate();
        });
        socket.on("error", () => resolve(0));
    });
}

const enter = async (): Promise<string> => {
    const { headers } = await send({
        path: `/enter?key=${sessions.issueLink()}`,
        headers: { host: `localhost:${port}` },
    });
    return headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
};
const own = () => ({ host: `127.0.0.1:${port}`, cookie });

/** Far more than the kernel holds for a reader on the same computer. */
const ANSWER_CHARACTERS = 48 * 2 ** 20;
const PIECE_CHARACTERS = 64 * 2 ** 10;
let endedFollows = 0;
const answerFrom = (from: number, to: number) =>
    Array.from({ length: Math.ceil((to - from) / 8) }, (_, index) => String(from + index * 8).padStart(8)).join("");

/** A long answer that its engine has written already. */
async function* follow(fromOffset: number): AsyncGenerator<AnswerEvent> {
    try {
        for (let at = fromOffset; at < ANSWER_CHARACTERS; at += PIECE_CHARACTERS) {
            const endOffset = at + PIECE_CHARACTERS;
            yield { kind: "text", text: answerFrom(at, endOffset), endOffset, tokensWritten: endOffset };
            await new Promise((resolve) => setImmediate(resolve));
        }
        yield { kind: "stopped", statistics: null };
    } finally {
        endedFollows += 1;
    }
}

type Line = { api: Api; socket: WebSocket };
async function openLine(): Promise<Line> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/socket`, {
        headers: { ...own(), origin: `http://127.0.0.1:${port}` },
    });
    await once(socket, "open");
    const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
    return { api: createORPCClient<Api>(link), socket };
}

beforeAll(async () => {
    mkdirSync(path.join(renderer, "assets"), { recursive: true });
    writeFileSync(path.join(renderer, "index.html"), SECRET);
    writeFileSync(path.join(renderer, "assets", "a-1.js"), SECRET);
    writeFileSync(path.join(folder, "sessions.json.txt"), "outside");
    sessions = createSessions(folder);
    listening = await listenOnLoopback(45_170);
    port = listening.port;
    const log = { info: () => undefined, warn: () => undefined };
    const router = openDoor(
        contract,
        createToldServices((procedure, input) => {
            if (procedure.join(".") === "answers.follow") return follow((input as { fromOffset: number }).fromOffset);
            throw new Failed({ code: "ENGINE_BUSY", data: {} });
        }),
        log,
    );
    acceptors = listening.servers.map((server) =>
        acceptSockets(server, { router, sessions, port, pingMilliseconds: PING_MILLISECONDS }),
    );
    listening.serve(serveFiles({ renderer, sessions, port }));
    cookie = await enter();
});
afterAll(() => {
    for (const acceptor of acceptors) acceptor.close();
    for (const server of listening.servers) {
        server.closeAllConnections();
        server.close();
    }
    rmSync(folder, { recursive: true, force: true });
});

const names = ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "evil.localhost", "0.0.0.0", "[::]"];
const forged = [
    "127.1",
    "2130706433",
    "0x7f000001",
    "127.0.0.2",
    "LOCALHOST",
    "localhost.",
    "[0:0:0:0:0:0:0:1]",
    "user@localhost",
];
const hostiles = (at: number): string[] => [
    ...[...names, ...forged].flatMap((name) => [name, `${name}:${at}`, `${name}:80`]),
    "127.0.0.1",
    "localhost",
    "[::1]",
    "",
    `127.0.0.1:${at + 1}`,
    `127.0.0.1:${at}, evil.example`,
    `localhost:${at}/`,
];
const origins = (at: number): string[] => [
    "null",
    "file://",
    "app://bundle",
    `https://127.0.0.1:${at}`,
    "http://127.0.0.1",
    `http://127.0.0.1:${at + 1}`,
    `http://localhost:${at}`,
    `http://127.0.0.1:${at}.evil.example`,
    `http://127.0.0.1:${at}/`,
    ...names.flatMap((name) => [`http://${name}`, `https://${name}`, `http://${name}:${at}`]),
    "chrome-extension://abcdefghijklmnop",
];
const traversals = [
    "..",
    "%2e%2e",
    "..%2f..",
    "%2e%2e%2f%2e%2e",
    "..%5c..",
    "....//....",
    "%252e%252e",
    "..;",
    ".%2e",
    "%c0%ae%c0%ae",
].flatMap((step) => [
    `/${step}/sessions.json.txt`,
    `/assets/${step}/${step}/sessions.json.txt`,
    `/assets/${step}/../../sessions.json.txt`,
    `//${step}/sessions.json.txt`,
]);

describe("abuses of the web host (bar B10)", () => {
    it("refuses every one of at least 330", { timeout: 60_000 }, async () => {
        const pages = ["/", "/assets/a-1.js", "/enter?key=a"];
        const cases: [string, () => Promise<boolean>][] = [];
        const page = (name: string, given: Parameters<typeof send>[0]) =>
            cases.push([
                name,
                async () => {
                    // A connection that the server ends is refused as well.
                    const answer = await send(given).catch(() => null);
                    if (answer === null) return true;
                    return (
                        answer.status >= 400 &&
                        !answer.body.includes(SECRET) &&
                        !answer.body.includes("outside") &&
                        answer.headers["set-cookie"] === undefined &&
                        !Object.keys(answer.headers).some((header) => header.startsWith("access-control-"))
                    );
                },
            ]);
        const socket = (name: string, headers: Record<string, string>, url?: string) =>
            cases.push([name, async () => (await knock(headers, url)) >= 400]);
        const good = `http://127.0.0.1:${port}`;

        for (const host of hostiles(port)) {
            for (const at of pages) page(`host ${host} ${at}`, { path: at, headers: { ...own(), host } });
            if (host !== "") socket(`socket host ${host}`, { host, origin: good, cookie });
        }
        for (const origin of origins(port)) {
            for (const at of pages.slice(0, 2))
                page(`origin ${origin} ${at}`, { path: at, headers: { ...own(), origin } });
            socket(`socket origin ${origin}`, { ...own(), origin });
        }
        socket("socket without origin", own());
        for (const site of ["cross-site", "same-site", "odd"]) {
            page(`site ${site}`, { headers: { ...own(), "sec-fetch-site": site, "sec-fetch-mode": "no-cors" } });
            page(`site ${site}`, { headers: { ...own(), "sec-fetch-site": site, "sec-fetch-mode": "navigate" } });
            page(`enter ${site}`, { path: "/enter?key=a", headers: { ...own(), "sec-fetch-site": site } });
            socket(`socket site ${site}`, { ...own(), origin: good, "sec-fetch-site": site });
        }
        const secret = cookie.split("=")[1] ?? "";
        const lies = [
            "",
            "x",
            secret.slice(1),
            secret.toUpperCase(),
            `${secret}A`,
            `${secret}%00`,
            `"${secret}"`,
            "undefined",
            "A".repeat(43),
        ];
        for (const lie of lies.flatMap((value) => [
            `hearth-session=${value}`,
            `other=${value}`,
            `xhearth-session=${value}`,
        ])) {
            for (const at of pages.slice(0, 2)) page(`cookie ${lie}`, { path: at, headers: { ...own(), cookie: lie } });
            socket(`socket cookie ${lie}`, { host: own().host, origin: good, cookie: lie });
        }
        socket("socket elsewhere", { ...own(), origin: good }, "/other");
        for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])
            for (const at of pages) page(`${method} ${at}`, { method, path: at, headers: own() });
        for (const at of traversals) page(at, { path: at, headers: own() });
        page("body of 9 MiB", { headers: { ...own(), "content-length": String(9 * 2 ** 20) } });
        page("header of 64 KiB", { headers: { ...own(), "x-a": "a".repeat(65_536) } });
        const used = sessions.issueLink();
        await send({ path: `/enter?key=${used}`, headers: own() });
        for (const key of [used, `${used}x`, used.slice(1), "", "%00", "a".repeat(5000), "__proto__"])
            page(`link ${key.slice(0, 50)}`, { path: `/enter?key=${key}`, headers: { host: own().host } });

        const accepted: string[] = [];
        for (let at = 0; at < cases.length; at += 20)
            await Promise.all(
                cases.slice(at, at + 20).map(async ([name, isRefused]) => {
                    if (!(await isRefused())) accepted.push(name);
                }),
            );
        expect(accepted).toEqual([]);
        expect((await send({ headers: own() })).status).toBe(200);
        expect(cases.length).toBeGreaterThanOrEqual(330);
    });

    it("refuses a second Host header behind a good one", async () => {
        const raw = (head: string) =>
            new Promise<string>((resolve) => {
                const socket = net.connect(port, "127.0.0.1", () => socket.write(`${head}\r\n\r\n`));
                let text = "";
                socket.on("data", (data) => (text += String(data)));
                socket.on("close", () => resolve(text));
                socket.setTimeout(3000, () => socket.destroy());
            });
        const hosts = `Host: 127.0.0.1:${port}\r\nHost: evil.example\r\nCookie: ${cookie}\r\n`;
        expect(await raw(`GET / HTTP/1.1\r\n${hosts}Connection: close`)).not.toContain(SECRET);
        const upgrade = `Origin: http://127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==`;
        expect(await raw(`GET /socket HTTP/1.1\r\n${hosts}${upgrade}`)).toMatch(/^HTTP\/1\.1 4/);
        expect(await raw(`GET http://evil.example/ HTTP/1.1\r\n${hosts}Connection: close`)).not.toContain(SECRET);
    });

    it("closes a socket that sends more than 1 MiB at once", async () => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}/socket`, {
            headers: { ...own(), origin: `http://127.0.0.1:${port}` },
        });
        await new Promise((resolve) => socket.once("open", resolve));
        const closed = new Promise((resolve) => socket.once("close", resolve));
        socket.on("error", () => undefined);
        socket.send("x".repeat(2 ** 20 + 1));
        expect(await closed).toBe(1009);
    });

    it("answers a page within a second while 60 slow clients hold on", { timeout: 60_000 }, async () => {
        const slow = Array.from({ length: 60 }, () =>
            net.connect(port, "127.0.0.1", function (this: net.Socket) {
                this.write("GET / HTTP/1.1\r\nHost:");
            }),
        );
        await Promise.all(slow.map((socket) => new Promise((resolve) => socket.once("connect", resolve))));
        const begun = performance.now();
        expect((await send({ headers: own() })).body).toBe(SECRET);
        expect(performance.now() - begun).toBeLessThan(1000);
        if (isBar) {
            // Each is ended by the host itself.
            await Promise.all(slow.map((socket) => socket.resume() && once(socket, "close")));
            expect(performance.now() - begun).toBeLessThan(30_000);
        }
        for (const socket of slow) socket.destroy();
        for (const server of listening.servers) {
            expect(server.headersTimeout).toBeLessThanOrEqual(20_000);
            expect(server.requestTimeout).toBeLessThanOrEqual(25_000);
        }
    });

    it("cuts off a reader that takes nothing, and lets it resume by offset", async () => {
        const slow = await openLine();
        const heard: { text: string; endOffset: number }[] = [];
        const read = async (line: Line, fromOffset: number) => {
            for await (const event of await line.api.answers.follow({ messageId: MessageId.parse("a"), fromOffset }))
                if (event.kind === "text") {
                    heard.push(event);
                    if (heard.length === 1) line.socket.pause();
                }
        };
        const reading = read(slow, 0).catch(() => "cut off");
        // The kernel takes some megabytes; the rest waits where it is written, never in the host.
        await expect.poll(() => endedFollows, { timeout: 20_000 }).toBe(1);
        slow.socket.resume();
        expect(await reading).toBe("cut off");
        const gotUntil = heard.at(-1)?.endOffset ?? 0;
        expect(gotUntil).toBeLessThan(ANSWER_CHARACTERS);
        const again = await openLine();
        await read(again, gotUntil);
        again.socket.terminate();
        const whole = heard.map(({ text }) => text).join("");
        expect(whole.length).toBe(ANSWER_CHARACTERS);
        expect(createHash("sha256").update(whole).digest("hex")).toBe(
            createHash("sha256").update(answerFrom(0, ANSWER_CHARACTERS)).digest("hex"),
        );
    });
});

describe("the right reader", () => {
    it.each(["127.0.0.1", "localhost", "[::1]"])(
        "comes in by %s, and through a tunnel of the same port",
        async (name) => {
            const host = `${name}:${port}`;
            const answer = await send({ headers: { host, cookie, "sec-fetch-site": "none" } });
            expect(answer).toMatchObject({ status: 200, body: SECRET });
            expect(answer.headers).toMatchObject({
                "x-content-type-options": "nosniff",
                "referrer-policy": "no-referrer",
                "cross-origin-opener-policy": "same-origin",
                "cross-origin-resource-policy": "same-origin",
                "cache-control": "no-store",
            });
            expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
            expect(await knock({ host, cookie, origin: `http://${host}`, "sec-fetch-site": "same-origin" })).toBe(101);
        },
    );

    it("comes in through a tunnel of bytes to the same port, as ssh -L makes one", async () => {
        const outside = "127.0.0.9";
        const tunnel = net.createServer((near) => {
            const far = net.connect(port, "127.0.0.1");
            near.pipe(far).pipe(near);
            for (const end of [near, far]) end.on("error", () => undefined);
        });
        const isThere = await new Promise((resolve) => {
            tunnel.once("error", () => resolve(false));
            tunnel.listen(port, outside, () => resolve(true));
        });
        // Only Linux has all of 127.0.0.0/8 as addresses.
        if (process.platform === "linux") expect(isThere).toBe(true);
        if (!isThere) return;
        const good = { host: `localhost:${port}`, cookie };
        expect(await send({ host: outside, headers: good })).toMatchObject({ status: 200, body: SECRET });
        const socket = new WebSocket(`ws://${outside}:${port}/socket`, {
            headers: { ...good, origin: `http://localhost:${port}` },
        });
        await once(socket, "open");
        socket.terminate();
        expect((await send({ host: outside, headers: { ...good, host: `${outside}:${port}` } })).status).toBe(421);
        tunnel.close();
    });

    it("gets a cookie that scripts and other sites never see, and an address without the key", async () => {
        const { status, headers } = await send({
            path: `/enter?key=${sessions.issueLink()}`,
            headers: { host: own().host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
        });
        expect([status, headers.location]).toEqual([303, "/"]);
        expect(headers["set-cookie"]?.[0]).toMatch(/^hearth-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; /);
        expect(headers["cache-control"]).toBe("no-store");
    });

    it("is told how to come in without a session", async () => {
        const { status, body } = await send({ headers: { host: own().host } });
        expect(status).toBe(401);
        expect(body).toContain("hearth link");
    });

    it("keeps the session when the host starts again; only its hash is on disk, for this user alone", () => {
        const again = createSessions(folder);
        expect(again.isOpen(cookie)).toBe(true);
        expect(statSync(path.join(folder, "sessions.json")).mode & 0o777).toBe(0o600);
    });

    it("cannot use a link after ten minutes", async () => {
        let now = 0;
        const timed = createSessions(mkdtempSync(path.join(folder, "timed-")), () => now);
        const [early, late] = [timed.issueLink(), timed.issueLink()];
        now = 10 * 60_000 - 1;
        expect(await timed.redeem(early)).not.toBeNull();
        now = 10 * 60_000;
        expect(await timed.redeem(late)).toBeNull();
    });
});

describe("the address", () => {
    it("is loopback and no other interface", async () => {
        const outside = Object.values(networkInterfaces())
            .flat()
            .filter((address) => address?.internal === false && address.family === "IPv4");
        for (const address of outside) {
            const outcome = await new Promise((resolve) => {
                const socket = net.connect(port, address?.address ?? "");
                socket.once("connect", () => resolve("open"));
                socket.once("error", () => resolve("closed"));
            });
            expect(outcome).toBe("closed");
        }
        expect(listening.servers.map((server) => (server.address() as net.AddressInfo).address)).toEqual(
            expect.arrayContaining(["127.0.0.1"]),
        );
    });

    it("answers while Hearth is still starting, pages and sockets alike, so that nobody hangs", async () => {
        const starting = await listenOnLoopback(port + 1);
        const address = `127.0.0.1:${starting.port}`;
        const page = await fetch(`http://${address}/`);
        expect([page.status, page.headers.get("refresh")]).toEqual([503, "1"]);
        const socket = new WebSocket(`ws://${address}/socket`);
        socket.on("error", () => undefined);
        const status = await new Promise((resolve) =>
            socket.on("unexpected-response", (_request, response) => resolve(response.statusCode)),
        );
        expect(status).toBe(503);
        for (const server of starting.servers) server.close();
    });

    it("is the next free port where the first is taken, and NO_FREE_PORT after the last", async () => {
        const next = await listenOnLoopback(port);
        expect(next.port).toBeGreaterThan(port);
        for (const server of next.servers) server.close();
        const taken = net.createServer();
        await new Promise<void>((resolve) => taken.listen(65_535, "127.0.0.1", resolve));
        await expect(listenOnLoopback(65_535)).rejects.toMatchObject({
            failure: { code: "NO_FREE_PORT", data: { firstPort: 65_535, lastPort: 65_535 } },
        });
        taken.close();
    });
});
