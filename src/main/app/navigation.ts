import type { App, Session, WebContents } from "electron";
import { isOwnPage } from "./origin.ts";

/** Nothing leaves the window unasked: no navigation, no new window, no webview (security.md, checklist 11 to 14). */
export function guardNavigation(contents: WebContents): void {
    const stay = (event: { preventDefault(): void; url: string }) => {
        if (!isOwnPage(event.url)) event.preventDefault();
    };
    contents.on("will-navigate", stay);
    contents.on("will-frame-navigate", stay);
    contents.on("will-redirect", stay);
    contents.on("will-attach-webview", (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: "deny" }));
}

export const guardAllContents = (app: App): void =>
    void app.on("web-contents-created", (_event, contents) => guardNavigation(contents));

/** All permissions are refused but writing to the clipboard; the spellchecker, which fetches dictionaries, is off. */
export function guardSession(session: Session): void {
    const isAllowed = (permission: string) => permission === "clipboard-sanitized-write";
    session.setPermissionRequestHandler((_contents, permission, answer) => answer(isAllowed(permission)));
    session.setPermissionCheckHandler((_contents, permission) => isAllowed(permission));
    session.setSpellCheckerEnabled(false);
}
