import { mkdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { app, dialog, session } from "electron";
import { compose } from "../compose.ts";
import { becomeOwner } from "../host/owner.ts";
import { findPaths } from "../host/paths.ts";
import { sayError } from "../say-failure.ts";
import { declareScheme, serveBundle } from "./app-protocol.ts";
import { createElectronShell } from "./electron-shell.ts";
import { createFront, type Front } from "./front.ts";
import { guardAllContents, guardSession } from "./navigation.ts";
import { openExternal } from "./open-external.ts";
import { openWindow } from "./open-window.ts";
import { APP_START } from "./origin.ts";
import { closeBeforeQuit } from "./quit.ts";
import { leaveToOther } from "./second-shell.ts";
import { sentences } from "./sentences.ts";

// Whatever is made in the profile is for this user alone.
process.umask(0o077);
const entries = import.meta.dirname;
const root = path.resolve(entries, "../..");
const { values } = parseArgs({ options: { machine: { type: "string" }, catalog: { type: "string" } }, strict: false });
const text = (value: string | boolean | undefined): string | null => (typeof value === "string" ? value : null);

/** Chromium's own files, and with them the lock of one Electron a profile, lie in the profile. */
function keepInProfile(folder: string): void {
    try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        app.setPath("userData", folder);
    } catch {
        // A profile that cannot be written is told by the storage worker, with a sentence; Electron has its own place.
    }
}

/** Opens the window, unless the web host, or another Hearth, has this profile: the database has one writer. */
async function open(front: Front): Promise<void> {
    const shell = createElectronShell({
        app,
        root,
        entries,
        machineFile: text(values["machine"]),
        catalogFile: text(values["catalog"]),
    });
    const owner = await becomeOwner(shell.paths.data, front.handOver);
    if (owner.kind !== "owner") {
        await leaveToOther(owner);
        return app.quit();
    }
    serveBundle(shell.paths.renderer);
    guardSession(session.defaultSession);
    const composed = await compose(shell);
    const { window, place } = openWindow({
        router: composed.router,
        preload: path.join(entries, "../preload/index.cjs"),
        dataFolder: shell.paths.data,
        onShown: front.shown,
    });
    closeBeforeQuit(app, async () => {
        front.closing();
        await place.settled();
        await composed.close();
        await owner.close();
    });
    await window.loadURL(APP_START);
}

keepInProfile(path.join(findPaths(root).data, "window"));
// One Hearth a profile: a second start brings the first to the front.
if (!app.requestSingleInstanceLock()) app.quit();
else {
    declareScheme();
    app.enableSandbox();
    guardAllContents(app, openExternal);
    const front = createFront(app);
    app.on("window-all-closed", () => app.quit());
    // Never awaited at the top level: Electron is ready only after this file has been evaluated (stack.md 4).
    app.whenReady()
        .then(() => open(front))
        .catch((error: unknown) => {
            // Without a window nobody would see why, and the lock would be held by nothing.
            dialog.showErrorBox(sentences.notStarted, sayError(error));
            app.exit(1);
        });
}
