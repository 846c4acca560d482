import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { BrowserWindow } from "electron";
import { writeAtomically } from "../services/storage/atomic-file.ts";
import { WindowPlace } from "./window-place.ts";

const FILE_NAME = "window.json";
/** Far above what is written; a larger file is not ours. */
const MOST_BYTES = 4096;
/** Moving a window by hand says so dozens of times a second. */
const PAUSE_MILLISECONDS = 500;

/** The remembered place; null where there is none, or the file is anything else than what Hearth writes. */
export function readPlace(dataFolder: string): WindowPlace | null {
    const file = path.join(dataFolder, FILE_NAME);
    try {
        if (statSync(file).size > MOST_BYTES) return null;
        return WindowPlace.parse(JSON.parse(readFileSync(file, "utf8")));
    } catch {
        return null;
    }
}

/**
 * Remembers where the window is: half a second after it was last moved, and when it closes. `settled` waits for the last
 * writing. A disk that refuses keeps what it had.
 */
export function rememberPlace(
    window: BrowserWindow,
    { dataFolder, displayIdOf }: { dataFolder: string; displayIdOf: (window: BrowserWindow) => number },
): { settled(): Promise<void> } {
    const file = path.join(dataFolder, FILE_NAME);
    let writing = Promise.resolve();
    let timer: NodeJS.Timeout | undefined;
    const save = () => {
        clearTimeout(timer);
        const place: WindowPlace = {
            bounds: window.getNormalBounds(),
            isMaximized: window.isMaximized(),
            displayId: displayIdOf(window),
        };
        writing = writing.then(() => writeAtomically(file, JSON.stringify(place))).catch(() => undefined);
    };
    const saveSoon = () => {
        clearTimeout(timer);
        timer = setTimeout(save, PAUSE_MILLISECONDS);
    };
    window.on("resize", saveSoon);
    window.on("move", saveSoon);
    window.on("maximize", saveSoon);
    window.on("unmaximize", saveSoon);
    window.on("close", save);
    window.on("closed", () => clearTimeout(timer));
    return { settled: () => writing };
}
