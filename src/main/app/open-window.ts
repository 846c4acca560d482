import { RPCHandler } from "@orpc/server/ws";
import { app, type BrowserWindow, dialog, ipcMain, Menu, screen } from "electron";
import type { Composed } from "../compose.ts";
import { acceptPorts } from "./accept-port.ts";
import { applicationMenu, contextMenu } from "./menu.ts";
import { portAsSocket } from "./port-as-socket.ts";
import { recoverPage } from "./recover.ts";
import { readPlace, rememberPlace } from "./remember-window.ts";
import { sentences } from "./sentences.ts";
import { createWindow } from "./window.ts";
import { placeWindow, type Screen } from "./window-place.ts";

type Options = {
    router: Composed["router"];
    preload: string;
    dataFolder: string;
    onShown: (window: BrowserWindow) => void;
};

/** The window with all that hangs on it: where it was, the port to the services, menus, and its return after a death. */
export function openWindow({ router, preload, dataFolder, onShown }: Options) {
    Menu.setApplicationMenu(Menu.buildFromTemplate(applicationMenu(process.platform)));
    const primary = screen.getPrimaryDisplay();
    const screens: [Screen, ...Screen[]] = [primary, ...screen.getAllDisplays().filter(({ id }) => id !== primary.id)];
    const window = createWindow({
        preload,
        place: placeWindow(readPlace(dataFolder), screens),
        onShown: () => onShown(window),
    });
    const place = rememberPlace(window, {
        dataFolder,
        displayIdOf: () => screen.getDisplayMatching(window.getBounds()).id,
    });
    const handler = new RPCHandler(router);
    acceptPorts(ipcMain, window.webContents, (port) => void handler.upgrade(portAsSocket(port), { context: {} }));
    window.webContents.on("context-menu", (_event, params) => {
        const items = contextMenu(params);
        if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
    });
    recoverPage(window.webContents, () => {
        dialog.showErrorBox(sentences.lostWindow.title, sentences.lostWindow.text);
        app.quit();
    });
    return { window, place };
}
