import type { App, BrowserWindow } from "electron";
import type { HandOver } from "../host/owner.ts";

export type Front = {
    /** Once the window is painted. */
    shown(window: BrowserWindow): void;
    closing(): void;
    /** What the web host's start is told. While Hearth closes nothing is: it asks again, and then has the profile. */
    handOver(): Promise<HandOver>;
};

function bring(window: BrowserWindow): void {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
}

/**
 * The one window, for whoever wants it in front: a second start of Hearth, the Dock of macOS, `hearth link`. Those who come
 * while it opens wait for it; a second start that comes while Hearth closes is served by a fresh start after it.
 */
export function createFront(app: Pick<App, "on" | "relaunch">): Front {
    const shown = Promise.withResolvers<BrowserWindow>();
    let isClosing = false;
    let willStartAgain = false;
    const come = () => void shown.promise.then(bring);
    app.on("second-instance", () => {
        if (!isClosing) return come();
        if (!willStartAgain) app.relaunch();
        willStartAgain = true;
    });
    app.on("activate", () => {
        if (!isClosing) come();
    });
    return {
        shown: (window) => shown.resolve(window),
        closing() {
            isClosing = true;
        },
        async handOver() {
            if (isClosing) return new Promise<never>(() => undefined);
            bring(await shown.promise);
            return { kind: "window" };
        },
    };
}
