import { EventEmitter } from "node:events";
import type { App, BrowserWindow } from "electron";
import { describe, expect, it, vi } from "vitest";
import { createFront } from "./front.ts";
import { closeBeforeQuit } from "./quit.ts";

function start() {
    const app = Object.assign(new EventEmitter(), { relaunch: vi.fn(), exit: vi.fn() });
    const window = {
        isDestroyed: () => false,
        isMinimized: () => true,
        restore: vi.fn(),
        show: vi.fn(),
        focus: vi.fn(),
    };
    return { app, window, shown: window as unknown as BrowserWindow, front: createFront(app as unknown as App) };
}

/** Everything that was promised has happened. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("the window comes to the front", () => {
    it.each(["second-instance", "activate"])("for %s, restored and focused, once it is painted", async (event) => {
        const { app, window, shown, front } = start();
        app.emit(event);
        await settle();
        expect(window.focus).not.toHaveBeenCalled();
        front.shown(shown);
        await settle();
        expect(window.restore).toHaveBeenCalledOnce();
        expect(window.focus).toHaveBeenCalledOnce();
    });

    it("for a start of the web host, which is then told so", async () => {
        const { window, shown, front } = start();
        const told = front.handOver();
        await settle();
        front.shown(shown);
        expect(await told).toEqual({ kind: "window" });
        expect(window.focus).toHaveBeenCalledOnce();
    });

    it("no more while Hearth closes: a second start is served after, once; the web host's waits for the profile", async () => {
        const { app, window, shown, front } = start();
        front.shown(shown);
        front.closing();
        app.emit("second-instance");
        app.emit("second-instance");
        app.emit("activate");
        const told = vi.fn();
        void front.handOver().then(told);
        await settle();
        expect(app.relaunch).toHaveBeenCalledOnce();
        expect(window.focus).not.toHaveBeenCalled();
        expect(told).not.toHaveBeenCalled();
    });

    it("not where it is gone", async () => {
        const { app, window, shown, front } = start();
        window.isDestroyed = () => true;
        front.shown(shown);
        app.emit("second-instance");
        await settle();
        expect(window.show).not.toHaveBeenCalled();
    });
});

describe("the end of the program", () => {
    const quit = (app: EventEmitter) => {
        const preventDefault = vi.fn();
        app.emit("will-quit", { preventDefault });
        return preventDefault;
    };

    it("waits until everything is kept, asked once or twice", async () => {
        const { app } = start();
        const kept = Promise.withResolvers<void>();
        const close = vi.fn(() => kept.promise);
        closeBeforeQuit(app as unknown as App, close);
        expect(quit(app)).toHaveBeenCalledOnce();
        expect(quit(app)).toHaveBeenCalledOnce();
        await settle();
        expect(app.exit).not.toHaveBeenCalled();
        kept.resolve();
        await settle();
        expect(close).toHaveBeenCalledOnce();
        expect(app.exit.mock.calls).toEqual([[0]]);
    });

    it("comes where keeping fails", async () => {
        const { app } = start();
        closeBeforeQuit(app as unknown as App, () => Promise.reject(new Error("disk")));
        quit(app);
        await settle();
        expect(app.exit.mock.calls).toEqual([[0]]);
    });

    it("comes after the limit where keeping hangs", async () => {
        const { app } = start();
        const ended = new Promise((resolve) => app.exit.mockImplementation(resolve));
        closeBeforeQuit(app as unknown as App, () => new Promise(() => undefined), 20);
        quit(app);
        await ended;
        expect(app.exit).toHaveBeenCalledOnce();
    });
});
