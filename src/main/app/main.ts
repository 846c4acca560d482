import { RPCHandler } from "@orpc/server/ws";
import { app, type BrowserWindow, dialog, ipcMain, Menu, session } from "electron";
import path from "node:path";
import { parseArgs } from "node:util";
import { compose } from "../compose.ts";
import { becomeOwner } from "../host/owner.ts";
import { sayError } from "../say-failure.ts";
import { acceptPorts } from "./accept-port.ts";
import { declareScheme, serveBundle } from "./app-protocol.ts";
import { createElectronShell } from "./electron-shell.ts";
import { applicationMenu, contextMenu } from "./menu.ts";
import { guardAllContents, guardSession } from "./navigation.ts";
import { APP_START } from "./origin.ts";
import { portAsSocket } from "./port-as-socket.ts";
import { recoverPage } from "./recover.ts";
import { createWindow } from "./window.ts";

// Whatever is made in the profile is for this user alone.
process.umask(0o077);
const entries = import.meta.dirname;
const root = path.resolve(entries, "../..");
const { values } = parseArgs({ options: { machine: { type: "string" }, catalog: { type: "string" } }, strict: false });
const text = (value: string | boolean | undefined): string | null => (typeof value === "string" ? value : null);

/** The window; null where the web host, or another Hearth, has this profile: the database has one writer. */
async function open(): Promise<BrowserWindow | null> {
    const shell = createElectronShell({
        app,
        root,
        entries,
        machineFile: text(values["machine"]),
        catalogFile: text(values["catalog"]),
    });
    const owner = await becomeOwner(shell.paths.data, () => Promise.resolve({ kind: "window" }));
    if (owner.kind !== "owner") {
        dialog.showErrorBox("Hearth is running already", "It is open in a browser. A fresh link to it: hearth link");
        return null;
    }
    serveBundle(shell.paths.renderer);
    guardSession(session.defaultSession);
    Menu.setApplicationMenu(Menu.buildFromTemplate(applicationMenu(process.platform)));
    const composed = await compose(shell);
    const handler = new RPCHandler(composed.router);
    const window = createWindow(path.join(entries, "../preload/index.cjs"));
    acceptPorts(ipcMain, window.webContents, (port) => void handler.upgrade(portAsSocket(port), { context: {} }));
    window.webContents.on("context-menu", (_event, params) => {
        const items = contextMenu(params);
        if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
    });
    recoverPage(window.webContents, () => {
        dialog.showErrorBox(
            "Hearth's window closed three times in a row",
            "Your chats are safe. Please start Hearth again.",
        );
        app.quit();
    });
    app.once("will-quit", () => void composed.close().then(() => owner.close()));
    await window.loadURL(APP_START);
    return window;
}

// One Hearth a profile: a second start brings the first to the front.
if (!app.requestSingleInstanceLock()) app.quit();
else {
    declareScheme();
    app.enableSandbox();
    guardAllContents(app);
    app.on("window-all-closed", () => app.quit());
    // Never awaited at the top level: Electron is ready only after this file has been evaluated (stack.md 4).
    app.whenReady()
        .then(async () => {
            const window = await open();
            if (!window) return app.quit();
            app.on("second-instance", () => {
                if (window.isMinimized()) window.restore();
                window.focus();
            });
        })
        .catch((error: unknown) => {
            // Without a window nobody would see why, and the lock would be held by nothing.
            dialog.showErrorBox("Hearth could not start", sayError(error));
            app.exit(1);
        });
}
