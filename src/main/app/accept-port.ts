import type { IpcMain, IpcMainEvent, MessagePortMain, WebContents } from "electron";
import { isOwnPage } from "./origin.ts";

/**
 * The only use of ipcMain. Holding the port is the permission, so who sends it is checked once, here: our window, its main
 * frame, our page, once a load. Everything said on the port is checked by the contract.
 */
export function acceptPorts(ipcMain: IpcMain, window: WebContents, take: (port: MessagePortMain) => void): void {
    let current: MessagePortMain | undefined;
    let hasTaken = false;
    window.on("did-start-navigation", ({ isMainFrame, isSameDocument }) => {
        if (!isMainFrame || isSameDocument) return;
        hasTaken = false;
        current?.close();
        current = undefined;
    });
    ipcMain.on("hearth:port", (event: IpcMainEvent) => {
        const frame = event.senderFrame;
        const port = event.ports[0];
        const isOurs = event.sender === window && frame !== null && frame === window.mainFrame && isOwnPage(frame.url);
        if (!isOurs || hasTaken || !port) {
            for (const refused of event.ports) refused.close();
            return;
        }
        hasTaken = true;
        current = port;
        take(port);
        port.start();
    });
}
