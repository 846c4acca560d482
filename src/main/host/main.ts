import path from "node:path";
import { parseArgs } from "node:util";
import { Failed } from "#shared/schema/failure.ts";
import { compose } from "../compose.ts";
import { sayError } from "../say-failure.ts";
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
/** Far above what the last text and the database need; beyond it something hangs, and the lock must not stay held. */
const MOST_CLOSING_MILLISECONDS = 10_000;
const entries = import.meta.dirname;
const root = path.resolve(entries, "../..");

const { values } = parseArgs({
    options: { machine: { type: "string" }, catalog: { type: "string" }, port: { type: "string" } },
    strict: false,
});
const text = (value: string | boolean | undefined): string | null => (typeof value === "string" ? value : null);

/** The port that was asked for; throws PORT_WRONG. */
function readPort(): number {
    const given = text(values["port"]) ?? process.env["HEARTH_PORT"] ?? String(FIRST_PORT);
    const wanted = Number(given);
    if (Number.isInteger(wanted) && wanted > 0 && wanted < 2 ** 16) return wanted;
    throw new Failed({ code: "PORT_WRONG", data: { given: given.slice(0, 300) } });
}

function sayHandOver(answer: HandOver): void {
    if (answer.kind === "window") return console.log("Hearth is open already, in its own window.");
    console.log(`Hearth is running already. Open this link, once:\n  ${answer.link}`);
    openBrowser(answer.link);
}

function sayReady(first: string, port: number, wanted: number): void {
    if (port !== wanted) console.log(`Port ${wanted} is taken, so Hearth uses ${port}.`);
    console.log(`Hearth is ready. Open this link, once:\n  ${first}\nA new link: npx hearth link`);
    if (isHeadless()) console.log(`From another computer, first: ssh -L ${port}:127.0.0.1:${port} <this computer>`);
}

async function run(shell: Shell, wanted: number): Promise<void> {
    const { data, renderer } = shell.paths;
    const ready = Promise.withResolvers<() => HandOver>();
    const owner = await becomeOwner(data, async () => (await ready.promise)());
    if (owner.kind !== "owner") return sayHandOver(owner);
    const { port, servers, serve } = await listenOnLoopback(wanted);
    const composed = await compose(shell);
    const sessions = createSessions(data);
    const issueLink = () => `http://127.0.0.1:${port}/enter?key=${sessions.issueLink()}`;
    const acceptors = servers.map((server) => acceptSockets(server, { router: composed.router, sessions, port }));
    serve(serveFiles({ renderer, sessions, port }));
    closeOnSignals(async () => {
        for (const acceptor of acceptors) acceptor.close();
        for (const server of servers) {
            server.closeAllConnections();
            server.close();
        }
        await composed.close();
        await owner.close();
    });
    ready.resolve(() => ({ kind: "link", link: issueLink() }));

    const first = issueLink();
    sayReady(first, port, wanted);
    openBrowser(first);
}

/** Ends the host once, in order. A terminal and `npm start` each pass a signal on, so a second one must not cut it short. */
function closeOnSignals(close: () => Promise<void>): void {
    let isClosing = false;
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
        process.on(signal, () => {
            if (isClosing) return;
            isClosing = true;
            setTimeout(() => process.exit(1), MOST_CLOSING_MILLISECONDS).unref();
            close().then(
                () => process.exit(0),
                (error: unknown) => fail(error),
            );
        });
}

function fail(error: unknown): void {
    console.error(sayError(error));
    // Servers that listen already would keep the process.
    process.exit(1);
}

try {
    const machineFile = text(values["machine"]);
    const catalogFile = text(values["catalog"]);
    await run(createWebShell({ root, entries, machineFile, catalogFile }), readPort());
} catch (error) {
    fail(error);
}
