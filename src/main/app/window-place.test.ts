import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeWindow, type Screen, type WindowPlace } from "./window-place.ts";

const laptop: Screen = { id: 1, workArea: { x: 0, y: 0, width: 1440, height: 860 } };
const wide: Screen = { id: 2, workArea: { x: 1440, y: -200, width: 2560, height: 1400 } };
const onWide: WindowPlace = {
    bounds: { x: 2000, y: 100, width: 1500, height: 1000 },
    isMaximized: false,
    displayId: 2,
};

describe("the window opens", () => {
    it("in the middle of the primary screen, the first time", () => {
        expect(placeWindow(null, [laptop])).toEqual({
            bounds: { x: 80, y: 30, width: 1280, height: 800 },
            isMaximized: false,
        });
    });

    it("where it was", () => {
        expect(placeWindow(onWide, [laptop, wide]).bounds).toEqual(onWide.bounds);
        expect(placeWindow({ ...onWide, isMaximized: true }, [laptop, wide])).toEqual({
            bounds: onWide.bounds,
            isMaximized: true,
        });
    });

    it("where it was, when the screen is there under another number", () => {
        expect(placeWindow(onWide, [laptop, { ...wide, id: 77 }]).bounds).toEqual(onWide.bounds);
    });

    it("on the screen it was on, wherever that stands now", () => {
        const moved = { ...wide, workArea: { ...wide.workArea, x: -2560 } };
        expect(placeWindow(onWide, [laptop, moved]).bounds).toEqual({ ...onWide.bounds, x: -1500 });
    });

    it("in the middle of the primary screen, no larger than it, when its screen is gone", () => {
        expect(placeWindow(onWide, [laptop]).bounds).toEqual({ x: 0, y: 0, width: 1440, height: 860 });
    });

    it("on a small screen as large as that is", () => {
        const small: Screen = { id: 3, workArea: { x: 0, y: 24, width: 400, height: 500 } };
        expect(placeWindow(null, [small]).bounds).toEqual({ x: 0, y: 24, width: 400, height: 500 });
    });

    it("all of it on one screen, whatever was remembered", () => {
        const screen = fc.record({
            id: fc.integer(),
            workArea: fc.record({
                x: fc.integer({ min: -5000, max: 5000 }),
                y: fc.integer({ min: -5000, max: 5000 }),
                width: fc.integer({ min: 320, max: 8000 }),
                height: fc.integer({ min: 320, max: 8000 }),
            }),
        });
        const remembered = fc.record({
            bounds: fc.record({
                x: fc.integer({ min: -100_000, max: 100_000 }),
                y: fc.integer({ min: -100_000, max: 100_000 }),
                width: fc.integer({ min: 1, max: 100_000 }),
                height: fc.integer({ min: 1, max: 100_000 }),
            }),
            isMaximized: fc.boolean(),
            displayId: fc.integer(),
        });
        fc.assert(
            fc.property(remembered, screen, fc.array(screen, { maxLength: 3 }), (place, primary, others) => {
                const { bounds } = placeWindow(place, [primary, ...others]);
                return [primary, ...others].some(
                    ({ workArea }) =>
                        bounds.x >= workArea.x &&
                        bounds.y >= workArea.y &&
                        bounds.x + bounds.width <= workArea.x + workArea.width &&
                        bounds.y + bounds.height <= workArea.y + workArea.height,
                );
            }),
        );
    });
});
