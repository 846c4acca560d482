import type { App, Session, WebContents } from "electron";
import { isOwnPage } from "./origin.ts";

/**
 * Nothing leaves the window unasked: no navigation, no new window, no webview (security.md, checklist 11 to 14). The one
 * place in the window that asks for a new one is the button of the address dialog, under the address it shows; what it
 * asks for goes to `openAddress` and is denied as a window.
 */
export function guardNavigation(contents: WebContents, openAddress: (address: string) => Promise<void>): void {
    const stay = (event: { preventDefault(): void; url: string }) => {
        if (!isOwnPage(event.url)) event.preventDefault();
    };
    contents.on("will-navigate", stay);
    contents.on("will-frame-navigate", stay);
    contents.on("will-redirect", stay);
    contents.on("will-attach-webview", (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url, postBody }) => {
        if (!postBody) void openAddress(url);
        return { action: "deny" };
    });
}

export const guardAllContents = (app: App, openAddress: (address: string) => Promise<void>): void =>
    void app.on("web-contents-created", (_event, contents) => guardNavigation(contents, openAddress));

const NETWORK = { urls: ["http://*/*", "https://*/*", "ws://*/*", "wss://*/*", "ftp://*/*"] };

/**
 * All permissions are refused but writing to the clipboard; no device, no download, no request over a network (the window
 * speaks through its port alone); the spellchecker, which fetches dictionaries, is off.
 */
export function guardSession(session: Session): void {
    const isAllowed = (permission: string) => permission === "clipboard-sanitized-write";
    session.setPermissionRequestHandler((_contents, permission, answer) => answer(isAllowed(permission)));
    session.setPermissionCheckHandler((_contents, permission) => isAllowed(permission));
    session.setDevicePermissionHandler(() => false);
    session.on("will-download", (event) => event.preventDefault());
    session.webRequest.onBeforeRequest(NETWORK, (_details, answer) => answer({ cancel: true }));
    session.setSpellCheckerEnabled(false);
}
