import { BrowserWindow, nativeTheme, type Rectangle } from "electron";
import { LEAST_SIZE } from "./window-place.ts";

/** surface-0, surface-1 and ink-2 of tokens.css, light and dark: painted before the first frame is. */
const paint = {
    light: { surface0: "#f6f4f1", surface1: "#f0ece8", ink2: "#504741" },
    dark: { surface0: "#171311", surface1: "#110e0c", ink2: "#beb8b0" },
};
const TITLE_BAR_PIXELS = 40;

const colours = () => (nativeTheme.shouldUseDarkColors ? paint.dark : paint.light);
const overlay = () => ({ color: colours().surface1, symbolColor: colours().ink2, height: TITLE_BAR_PIXELS });

type Options = { preload: string; place: { bounds: Rectangle; isMaximized: boolean }; onShown: () => void };

/** The one window: sandboxed, isolated, without Node. Shown once it is painted. */
export function createWindow({ preload, place: { bounds, isMaximized }, onShown }: Options): BrowserWindow {
    const isMac = process.platform === "darwin";
    const window = new BrowserWindow({
        ...bounds,
        // A screen may be smaller than what we would like to have.
        minWidth: Math.min(LEAST_SIZE.width, bounds.width),
        minHeight: Math.min(LEAST_SIZE.height, bounds.height),
        show: false,
        backgroundColor: colours().surface0,
        titleBarStyle: isMac ? "hiddenInset" : "hidden",
        ...(isMac ? { trafficLightPosition: { x: 14, y: 13 } } : { titleBarOverlay: overlay() }),
        webPreferences: {
            preload,
            sandbox: true,
            contextIsolation: true,
            nodeIntegration: false,
            webviewTag: false,
            spellcheck: false,
        },
    });
    window.once("ready-to-show", () => {
        if (isMaximized) window.maximize();
        window.show();
        onShown();
    });
    const paintAgain = () => {
        window.setBackgroundColor(colours().surface0);
        if (!isMac) window.setTitleBarOverlay(overlay());
    };
    nativeTheme.on("updated", paintAgain);
    window.once("closed", () => nativeTheme.off("updated", paintAgain));
    return window;
}
