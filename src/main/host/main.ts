import { execFile } from "node:child_process";
import path from "node:path";
import { parseArgs } from "node:util";
import { Failed } from "#shared/schema/failure.ts";
import { compose } from "../compose.ts";
import type { Shell } from "../shell.ts";
import { acceptSockets } from "./accept-socket.ts";
import { listenOnLoopback } from "./listen.ts";
import { askForLink, becomeOwner } from "./owner.ts";
import { serveFiles } from "./serve-files.ts";
import { createSessions } from "./sessions.ts";
import { createWebShell } from "./web-shell.ts";

const FIRST_PORT = 5170;
const entries = import.meta.dirname;
const root = path.resolve(entries, "../..");

const { values } = parseArgs({
    options: { machine: { type: "string" }, catalog: { type: "string" }, port: { type: "string" } },
    strict: false,
});
const text = (value: string | boolean | undefined): string | null => (typeof value === "string" ? value : null);
const shell = createWebShell({
    root,
    entries,
    machineFile: text(values["machine"]),
    catalogFile: text(values["catalog"]),
});

function openBrowser(address: string): void {
    if (process.env["HEARTH_NO_OPEN"] || process.env["CI"] || process.env["SSH_CONNECTION"]) return;
    const [command, args]: [string, string[]] =
        process.platform === "darwin"
            ? ["open", [address]]
            : process.platform === "win32"
              ? ["explorer.exe", [address]]
              : ["xdg-open", [address]];
    if (process.platform === "linux" && !process.env["DISPLAY"] && !process.env["WAYLAND_DISPLAY"]) return;
    execFile(command, args, () => undefined);
}

async function run(started: Shell): Promise<void> {
    const sessions = createSessions(started.paths.data);
    let link = (): string => "";
    const owner = await becomeOwner(started.paths.data, () => link());
    if (!owner) {
        console.log(`Hearth is running already. Open this link, once:\n  ${await askForLink(started.paths.data)}`);
        return;
    }
    const wanted = Number(text(values["port"]) ?? process.env["HEARTH_PORT"] ?? FIRST_PORT);
    const listening = await listenOnLoopback(wanted);
    const { port } = listening;
    link = () => `http://127.0.0.1:${port}/enter?key=${sessions.issueLink()}`;
    const composed = await compose(started);
    const acceptors = listening.servers.map((server) =>
        acceptSockets(server, { router: composed.router, sessions, port }),
    );
    listening.serve(serveFiles({ renderer: started.paths.renderer, sessions, port }));

    if (port !== wanted) console.log(`Port ${wanted} is taken, so Hearth uses ${port}.`);
    const first = link();
    console.log(`Hearth is ready. Open this link, once:\n  ${first}\nA new link: hearth link`);
    const isHeadless = process.platform === "linux" && !process.env["DISPLAY"] && !process.env["WAYLAND_DISPLAY"];
    if (isHeadless || process.env["SSH_CONNECTION"])
        console.log(`From another computer, first: ssh -L ${port}:127.0.0.1:${port} <this computer>`);
    openBrowser(first);

    const close = async () => {
        for (const acceptor of acceptors) acceptor.close();
        for (const server of listening.servers) {
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

run(shell).catch((error: unknown) => {
    if (error instanceof Failed && error.failure.code === "NO_FREE_PORT") {
        const { firstPort, lastPort } = error.failure.data;
        console.error(
            `Hearth found no free port from ${firstPort} to ${lastPort}. Close a program that uses one, or choose another: npm start -- --port 6170`,
        );
    } else console.error(error);
    process.exitCode = 1;
});
