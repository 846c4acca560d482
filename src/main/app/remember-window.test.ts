import { EventEmitter } from "node:events";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { BrowserWindow } from "electron";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readPlace, rememberPlace } from "./remember-window.ts";

let dataFolder: string;
const fileOf = () => path.join(dataFolder, "window.json");
beforeEach(() => (dataFolder = mkdtempSync(path.join(os.tmpdir(), "hearth-window-"))));
afterEach(() => {
    vi.useRealTimers();
    rmSync(dataFolder, { recursive: true });
});

function open() {
    const place = { bounds: { x: 10, y: 20, width: 900, height: 700 }, isMaximized: false };
    const window = Object.assign(new EventEmitter(), {
        getNormalBounds: () => place.bounds,
        isMaximized: () => place.isMaximized,
    });
    const { settled } = rememberPlace(window as unknown as BrowserWindow, { dataFolder, displayIdOf: () => 7 });
    return { place, window, settled };
}

describe("the window's place", () => {
    it("is written once, half a second after the last move", async () => {
        vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
        const { place, window, settled } = open();
        for (let step = 0; step < 20; step++) {
            place.bounds = { ...place.bounds, x: step };
            window.emit("move");
            vi.advanceTimersByTime(100);
        }
        await settled();
        expect(existsSync(fileOf())).toBe(false);
        vi.advanceTimersByTime(500);
        await settled();
        expect(readPlace(dataFolder)).toEqual({ ...place, displayId: 7 });
        expect(statSync(fileOf()).mode & 0o777).toBe(0o600);
    });

    it("is written when the window closes, and then no more", async () => {
        const { place, window, settled } = open();
        window.emit("resize");
        place.isMaximized = true;
        window.emit("close");
        window.emit("closed");
        window.getNormalBounds = () => {
            throw new Error("Object has been destroyed");
        };
        await settled();
        expect(readPlace(dataFolder)).toEqual({ ...place, displayId: 7 });
    });

    it("is kept as it was where the disk refuses", async () => {
        const { window, settled } = open();
        window.emit("close");
        await settled();
        const before = readPlace(dataFolder);
        rmSync(dataFolder, { recursive: true });
        window.emit("close");
        await expect(settled()).resolves.toBeUndefined();
        expect(readPlace(dataFolder)).toBeNull();
        expect(before).not.toBeNull();
        dataFolder = mkdtempSync(path.join(os.tmpdir(), "hearth-window-"));
    });

    it.each([
        ["", "empty"],
        ["{", "cut off"],
        ["null", "null"],
        ['{"bounds":{"x":0,"y":0,"width":900},"isMaximized":false,"displayId":1}', "without a height"],
        ['{"bounds":{"x":0,"y":0,"width":-1,"height":1},"isMaximized":false,"displayId":1}', "of negative width"],
        ['{"bounds":{"x":1e99,"y":0,"width":9,"height":9},"isMaximized":false,"displayId":1}', "beyond all screens"],
        ['{"bounds":{"x":0,"y":0,"width":9,"height":9},"isMaximized":"no","displayId":1}', "of a wrong type"],
        ["\0".repeat(200), "of zeros"],
        [" ".repeat(5000), "far too long"],
    ])("is nowhere where the file is %j (%s)", (text) => {
        writeFileSync(fileOf(), text);
        expect(readPlace(dataFolder)).toBeNull();
    });
});
