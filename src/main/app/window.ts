import { BrowserWindow, nativeTheme } from "electron";

/** surface-0, surface-1 and ink-2 of tokens.css, light and dark: painted before the first frame is. */
const paint = {
    light: { surface0: "#f6f4f1", surface1: "#f0ece8", ink2: "#504741" },
    dark: { surface0: "#171311", surface1: "#110e0c", ink2: "#beb8b0" },
};
const TITLE_BAR_PIXELS = 40;

const colours = () => (nativeTheme.shouldUseDarkColors ? paint.dark : paint.light);
const overlay = () => ({ color: colours().surface1, symbolColor: colours().ink2, height: TITLE_BAR_PIXELS });

/** The one window: sandboxed, isolated, without Node. */
export function createWindow(preload: string): BrowserWindow {
    const isMac = process.platform === "darwin";
    const window = new BrowserWindow({
        width: 1280,
        height: 800,
        minWidth: 480,
        minHeight: 600,
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
    window.once("ready-to-show", () => window.show());
    nativeTheme.on("updated", () => {
        window.setBackgroundColor(colours().surface0);
        if (!isMac) window.setTitleBarOverlay(overlay());
    });
    return window;
}
