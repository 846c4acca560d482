import { EventEmitter } from "node:events";
import { type BrowserWindowConstructorOptions, nativeTheme } from "electron";
import { beforeEach, expect, it, vi } from "vitest";
import { createWindow } from "./window.ts";

const windows = vi.hoisted(() => [] as { options: BrowserWindowConstructorOptions; did: string[] }[]);

vi.mock("electron", async () => {
    const { EventEmitter: Emitter } = await import("node:events");
    class FakeWindow extends Emitter {
        did: string[] = [];
        options: BrowserWindowConstructorOptions;
        constructor(options: BrowserWindowConstructorOptions) {
            super();
            this.options = options;
            windows.push(this);
        }
        maximize = () => this.did.push("maximize");
        show = () => this.did.push("show");
        setBackgroundColor = (colour: string) => this.did.push(colour);
        setTitleBarOverlay = () => this.did.push("overlay");
    }
    return {
        BrowserWindow: FakeWindow,
        nativeTheme: Object.assign(new Emitter(), { shouldUseDarkColors: false }),
    };
});

const bounds = { x: 5, y: 6, width: 1280, height: 800 };
beforeEach(() => void windows.splice(0));

it("has the page isolated, sandboxed and without Node, and switches no safety off (bar B16)", () => {
    createWindow({ preload: "/preload.cjs", place: { bounds, isMaximized: false }, onShown: () => {} });
    expect(windows[0]?.options.webPreferences).toEqual({
        preload: "/preload.cjs",
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
    });
});

it.each([
    [false, ["show"]],
    [true, ["maximize", "show"]],
])("is shown where it was once it is painted (maximised: %s)", (isMaximized, did) => {
    const onShown = vi.fn();
    const window = createWindow({ preload: "", place: { bounds, isMaximized }, onShown });
    expect(windows[0]?.options).toMatchObject({ ...bounds, show: false });
    expect(onShown).not.toHaveBeenCalled();
    window.emit("ready-to-show");
    expect(windows[0]?.did).toEqual(did);
    expect(onShown).toHaveBeenCalledOnce();
});

it("asks for no more than a small screen has", () => {
    const small = { ...bounds, width: 400, height: 500 };
    createWindow({ preload: "", place: { bounds: small, isMaximized: false }, onShown: () => {} });
    expect(windows[0]?.options).toMatchObject({ minWidth: 400, minHeight: 500 });
});

it("follows the system between light and dark", () => {
    createWindow({ preload: "", place: { bounds, isMaximized: false }, onShown: () => {} });
    (nativeTheme as unknown as EventEmitter).emit("updated");
    expect(windows[0]?.did[0]).toMatch(/^#/);
});
