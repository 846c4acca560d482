import path from "node:path";
import { parseArgs } from "node:util";
import { Failed } from "#shared/schema/failure.ts";
import { compose } from "../compose.ts";
import type { Shell } from "../shell.ts";
import { acceptSockets } from "./accept-socket.ts";
import { listenOnLoopback } from "./listen.ts";
import { isHeadless, openBrowser } from "./open-browser.ts";
import { becomeOwner, type HandOver } from "./owner.ts";
import { serveFiles } from "./serve-files.ts";
import { createSessions } from "./sessions.ts";
import { createWebShell } from "./web-shell.ts";

// Whatever is made in the profile is for this user alone.
process.umask(0o077);
const FIRST_PORT = 5170;
const entries = import.meta.dirname;
const root = path.resolve(entries, "../..");

const { values } = parseArgs({
    options: { machine: { type: "string" }, catalog: { type: "string" }, port: { type: "string" } },
    strict: false,
});
const text = (value: string | boolean | undefined): string | null => (typeof value === "string" ? value : null);

/** The port that was asked for; null for what is no port. */
function readPort(): number | null {
    const wanted = Number(text(values["port"]) ?? process.env["HEARTH_PORT"] ?? FIRST_PORT);
    return Number.isInteger(wanted) && wanted > 0 && wanted < 2 ** 16 ? wanted : null;
}

function sayHandOver(answer: HandOver): void {
    if (answer.kind === "window") return console.log("Hearth is open already, in its own window.");
    console.log(`Hearth is running already. Open this link, once:\n  ${answer.link}`);
    openBrowser(answer.link);
}

function sayReady(first: string, port: number, wanted: number): void {
    if (port !== wanted) console.log(`Port ${wanted} is taken, so Hearth uses ${port}.`);
    console.log(`Hearth is ready. Open this link, once:\n  ${first}\nA new link: hearth link`);
    if (isHeadless()) console.log(`From another computer, first: ssh -L ${port}:127.0.0.1:${port} <this computer>`);
}

async function run(shell: Shell, wanted: number): Promise<void> {
    const { data, renderer } = shell.paths;
    const ready = Promise.withResolvers<() => HandOver>();
    const owner = await becomeOwner(data, async () => (await ready.promise)());
    if (owner === null) throw new Error("another Hearth holds this profile and does not answer");
    if (owner.kind !== "owner") return sayHandOver(owner);
    const { port, servers, serve } = await listenOnLoopback(wanted);
    const composed = await compose(shell);
    const sessions = createSessions(data);
    const issueLink = () => `http://127.0.0.1:${port}/enter?key=${sessions.issueLink()}`;
    const acceptors = servers.map((server) => acceptSockets(server, { router: composed.router, sessions, port }));
    serve(serveFiles({ renderer, sessions, port }));
    ready.resolve(() => ({ kind: "link", link: issueLink() }));

    const first = issueLink();
    sayReady(first, port, wanted);
    openBrowser(first);

    const close = async () => {
        for (const acceptor of acceptors) acceptor.close();
        for (const server of servers) {
            server.closeAllConnections();
            server.close();
        }
        await composed.close();
        await owner.close();
        process.exit(0);
    };
    process.once("SIGINT", () => void close());
    process.once("SIGTERM", () => void close());
}

/** What went wrong at the start, for the terminal, with what to do about it. */
function explain(error: unknown): string {
    if (error instanceof Failed && error.failure.code === "NO_FREE_PORT") {
        const { firstPort, lastPort } = error.failure.data;
        return `Hearth found no free port from ${firstPort} to ${lastPort}. Close a program that uses one, or choose another: npm start -- --port 6170`;
    }
    if (error instanceof Failed) return `Hearth could not start: ${error.failure.code}.`;
    return `Hearth could not start: ${error instanceof Error ? error.message : String(error)}`;
}

const fail = (sentence: string) => {
    console.error(sentence);
    // Servers that listen already would keep the process.
    process.exit(1);
};

const wanted = readPort();
if (wanted === null) fail("A port is a whole number from 1 to 65535, such as: npm start -- --port 6170");
else
    run(
        createWebShell({ root, entries, machineFile: text(values["machine"]), catalogFile: text(values["catalog"]) }),
        wanted,
    ).catch((error: unknown) => fail(explain(error)));
