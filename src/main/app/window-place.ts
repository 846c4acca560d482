import type { Rectangle } from "electron";
import { z } from "zod";

const pixel = z.number().int().min(-100_000).max(100_000);
const length = z.number().int().min(1).max(100_000);

/** What is remembered of the window. Pixels are device-independent; `bounds` are those it has when not maximised. */
export const WindowPlace = z.object({
    bounds: z.object({ x: pixel, y: pixel, width: length, height: length }),
    isMaximized: z.boolean(),
    displayId: z.number(),
});
export type WindowPlace = z.infer<typeof WindowPlace>;

/** A screen: `workArea` is what the taskbar and the like leave of it. */
export type Screen = { id: number; workArea: Rectangle };

const FIRST_SIZE = { width: 1280, height: 800 };
export const LEAST_SIZE = { width: 480, height: 600 };

function overlap(a: Rectangle, b: Rectangle): number {
    const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
    const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
    return width > 0 && height > 0 ? width * height : 0;
}

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));

/** The remembered screen, else the one that shows most of the window; undefined where that screen is gone. */
function screenOf(place: WindowPlace, screens: Screen[]): Screen | undefined {
    const remembered = screens.find(({ id }) => id === place.displayId);
    if (remembered) return remembered;
    const shown = screens.map((screen) => ({ screen, area: overlap(place.bounds, screen.workArea) }));
    return shown.filter(({ area }) => area > 0).toSorted((a, b) => b.area - a.area)[0]?.screen;
}

/**
 * Where the window opens: as remembered, pushed and shrunk until all of it is on a screen. Without a memory, or when its
 * screen is gone, in the middle of the first (the primary) one.
 */
export function placeWindow(
    place: WindowPlace | null,
    screens: [Screen, ...Screen[]],
): { bounds: Rectangle; isMaximized: boolean } {
    const known = place ? screenOf(place, screens) : undefined;
    const { workArea } = known ?? screens[0];
    const size = place?.bounds ?? FIRST_SIZE;
    const width = Math.min(Math.max(size.width, LEAST_SIZE.width), workArea.width);
    const height = Math.min(Math.max(size.height, LEAST_SIZE.height), workArea.height);
    const corner =
        place && known
            ? place.bounds
            : {
                  x: workArea.x + Math.floor((workArea.width - width) / 2),
                  y: workArea.y + Math.floor((workArea.height - height) / 2),
              };
    return {
        bounds: {
            x: clamp(corner.x, workArea.x, workArea.x + workArea.width - width),
            y: clamp(corner.y, workArea.y, workArea.y + workArea.height - height),
            width,
            height,
        },
        isMaximized: place?.isMaximized ?? false,
    };
}
