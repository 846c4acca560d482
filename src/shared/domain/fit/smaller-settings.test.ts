import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_RUN_SETTINGS, RunSettings } from "../../schema/run-settings.ts";
import { applyLimit, isSmaller, limitOf, nextSmaller } from "./smaller-settings.ts";

const at = (gpuLayers: number, contextTokens: number): RunSettings => ({
    ...DEFAULT_RUN_SETTINGS,
    gpuLayers,
    contextTokens,
});

/** All steps from there, as `step layers/context`. */
function walk(settings: RunSettings, layerCount: number): string[] {
    const next = nextSmaller(settings, layerCount);
    if (!next) return [];
    const { gpuLayers, contextTokens } = next.settings;
    return [`${next.step} ${gpuLayers}/${contextTokens}`, ...walk(next.settings, layerCount)];
}

describe("the retry ladder", () => {
    it("gives up layers, then conversation, then the card", () =>
        expect(walk(at(33, 8192), 32)).toEqual([
            "fewer-gpu-layers 16/8192",
            "shorter-context 16/4096",
            "processor 0/4096",
            "shorter-context 0/2048",
            "shorter-context 0/1024",
            "shorter-context 0/512",
        ]));

    it("has only the conversation to give up on the processor, and ends", () => {
        expect(walk(at(0, 8192), 32)[0]).toBe("shorter-context 0/4096");
        expect(walk(at(0, 600), 32)).toEqual(["shorter-context 0/512"]);
        expect(nextSmaller(at(0, 512), 32)).toBeNull();
        expect(nextSmaller(at(0, 256), 32)).toBeNull();
    });

    it("always asks for less, within what settings may be, and ends", () => {
        const settings = fc.record({
            gpuLayers: fc.integer({ min: 0, max: 513 }),
            context: fc.integer({ min: 256, max: 1_048_576 }),
        });
        fc.assert(
            fc.property(settings, fc.integer({ min: 0, max: 512 }), ({ gpuLayers, context }, layerCount) => {
                let current: RunSettings = at(gpuLayers, context);
                for (let steps = 0; steps < 20; steps++) {
                    const next = nextSmaller(current, layerCount);
                    if (!next) return true;
                    expect(isSmaller(next.settings, current)).toBe(true);
                    expect(RunSettings.parse(next.settings)).toEqual(next.settings);
                    current = next.settings;
                }
                return false;
            }),
        );
    });

    it("is remembered as a limit that leaves smaller settings alone", () => {
        const limit = limitOf({ step: "processor", settings: at(0, 4096) });
        expect(applyLimit(at(33, 8192), limit)).toEqual(at(0, 4096));
        expect(applyLimit(at(0, 2048), limit)).toEqual(at(0, 2048));
    });

    it("knows smaller from other", () => {
        expect(isSmaller(at(10, 4096), at(20, 4096))).toBe(true);
        expect(isSmaller(at(10, 4096), at(10, 4096))).toBe(false);
        expect(isSmaller(at(10, 8192), at(20, 4096))).toBe(false);
    });
});
