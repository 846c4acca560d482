import * as fc from "fast-check";
import { describe as group, expect, it } from "vitest";
import { speedModel } from "../catalog/data.fixtures.ts";
import { cardOf, describe, desktop3060, desktop32, GiB, laptop8, macM2, rtx3060 } from "../machines.fixtures.ts";
import { sumParts } from "./estimate.ts";
import { gpuReserveBytes, mainReserveBytes } from "./pools.ts";
import { sampleShapes, settingsOf, shapeOf } from "./sample.fixtures.ts";
import { bestSettings, judge } from "./verdict.ts";

const llama1b = shapeOf("llama-3.2-1b.Q4_K_M");
const llama8b = shapeOf("llama-3.1-8b.Q4_K_M");

group("reserves (fit/README.md section 9)", () => {
    it.each([
        ["drives the display, 0.8 GiB used", { ...rtx3060, drivesDisplay: true }, 1.6],
        ["drives the display, 1.5 GiB used already", { ...rtx3060, drivesDisplay: true, freeGiB: 10.5 }, 0.6],
        ["no display", { ...rtx3060, drivesDisplay: false }, 0.6],
        ["small card", { ...rtx3060, drivesDisplay: false, totalGiB: 6, freeGiB: 5.9 }, 0.5],
    ])("keeps of a card that %s", (_, card, gibibytes) => {
        expect(gpuReserveBytes(cardOf(card)) / GiB).toBeCloseTo(gibibytes, 6);
    });
    it("keeps a gibibyte or a tenth of main memory", () => {
        expect(mainReserveBytes(8 * GiB)).toBe(GiB);
        expect(mainReserveBytes(64 * GiB) / GiB).toBeCloseTo(6.4);
    });
});

group("the verdict, first match wins", () => {
    const need = (() => {
        const { pools } = judge(desktop32, llama1b, settingsOf(), speedModel);
        return pools[0]?.needBytes ?? 0;
    })();
    const withFree = (freeBytes: number) => ({
        ...desktop32,
        memory: { ...desktop32.memory, freeBytes: { ...desktop32.memory.freeBytes, value: freeBytes } },
    });
    const reserve = Math.ceil(mainReserveBytes(desktop32.memory.totalBytes.value));
    it.each([
        ["fits", need + reserve],
        ["tight", need + reserve - 1],
        ["tight", need],
        ["wont-fit", need - 1],
    ] as const)("is %s at its edge", (kind, freeBytes) => {
        expect(judge(withFree(freeBytes), llama1b, settingsOf(), speedModel).kind).toBe(kind);
    });

    it("shows no speed for what does not fit", () => {
        expect(judge(withFree(need - 1), llama1b, settingsOf(), speedModel).decode).toBeNull();
    });
    it("is slow before it is tight", () => {
        const slow = describe({ totalGiB: 8, freeGiB: 6, bandwidth: 8e9, cpuClass: "cpu-small" });
        const verdict = judge(slow, llama8b, settingsOf({ contextTokens: 4096 }), speedModel);
        expect(verdict.pools[0]?.needBytes).toBeGreaterThan(verdict.pools[0]?.usableBytes ?? 0);
        expect(verdict.kind).toBe("slow");
    });
    it.each([
        ["unknown-architecture", { ...llama1b, architecture: "lfm3" }, desktop32],
        ["unknown-geometry", { ...llama1b, vocabularySize: 0 }, desktop32],
        ["unknown-memory", llama1b, describe({ totalGiB: 0, freeGiB: 0, bandwidth: 50e9, cpuClass: null })],
        ["unknown-speed", llama1b, describe({ totalGiB: 16, freeGiB: 12, bandwidth: null, cpuClass: null })],
    ] as const)("can't say with %s", (reason, shape, machine) => {
        const verdict = judge(machine, shape, settingsOf(), speedModel);
        expect(verdict).toMatchObject({ kind: "cant-say", cantSay: reason, decode: null });
    });
    it("keeps the memory sum where only the speed is unknown", () => {
        const machine = describe({ totalGiB: 16, freeGiB: 12, bandwidth: null, cpuClass: null });
        expect(judge(machine, llama1b, settingsOf(), speedModel).pools).toHaveLength(1);
    });
});

group("memories", () => {
    it("checks a card and main memory separately", () => {
        const settings = bestSettings(desktop3060, llama8b, 8192);
        expect(settings.gpuLayers).toBe(33);
        const verdict = judge(desktop3060, llama8b, settings, speedModel);
        expect(verdict).toMatchObject({ kind: "fits", isInFastestMemory: true });
        expect(verdict.pools.map(({ pool }) => pool)).toEqual(["gpu", "main"]);
    });
    it("puts as many layers on a card as its usable part holds, and no more", () => {
        const small = describe({
            totalGiB: 32,
            freeGiB: 24,
            bandwidth: 50e9,
            cpuClass: "cpu-desktop-intel",
            card: { ...rtx3060, totalGiB: 4, freeGiB: 3.8, drivesDisplay: false },
        });
        const { gpuLayers } = bestSettings(small, llama8b, 8192);
        expect(gpuLayers).toBeGreaterThan(0);
        expect(gpuLayers).toBeLessThan(33);
        const overBy = (layers: number) => {
            const [card] = judge(small, llama8b, settingsOf({ gpuLayers: layers }), speedModel).pools;
            return (card?.needBytes ?? 0) - (card?.usableBytes ?? 0);
        };
        expect(overBy(gpuLayers)).toBeLessThanOrEqual(0);
        expect(overBy(gpuLayers + 1)).toBeGreaterThan(0);
        expect(judge(small, llama8b, settingsOf({ gpuLayers }), speedModel).isInFastestMemory).toBe(false);
    });
    it("leaves a card alone whose memory is taken", () => {
        const taken = describe({
            totalGiB: 32,
            freeGiB: 24,
            bandwidth: 50e9,
            cpuClass: null,
            card: { ...rtx3060, freeGiB: 0.4 },
        });
        expect(bestSettings(taken, llama8b, 8192).gpuLayers).toBe(0);
    });
    it("takes unified memory as one pool, within the card's own limit", () => {
        const settings = bestSettings(macM2, llama8b, 8192);
        const verdict = judge(macM2, llama8b, settings, speedModel);
        expect(verdict.pools).toHaveLength(1);
        expect(verdict).toMatchObject({ kind: "fits", isInFastestMemory: true });
        const narrow = {
            ...macM2,
            gpus: macM2.gpus.map((gpu) => ({ ...gpu, totalBytes: { ...gpu.totalBytes, value: 4 * GiB } })),
        };
        expect(judge(narrow, llama8b, settings, speedModel).kind).toBe("wont-fit");
        expect(bestSettings(narrow, llama8b, 8192).gpuLayers).toBeLessThan(33);
    });
    it("asks for no longer context than the model was trained for", () => {
        expect(bestSettings(laptop8, { ...llama1b, contextTrainedTokens: 2048 }, 8192).contextTokens).toBe(2048);
    });
});

group("properties", () => {
    it("pools add up, usable is free less the reserve, nothing is negative", () => {
        fc.assert(
            fc.property(
                fc.constantFrom(...sampleShapes.values()),
                fc.constantFrom(laptop8, desktop32, desktop3060, macM2),
                fc.integer({ min: 256, max: 131_072 }),
                (shape, machine, contextTokens) => {
                    const { pools } = judge(machine, shape, bestSettings(machine, shape, contextTokens), speedModel);
                    for (const { needBytes, freeBytes, reserveBytes, usableBytes, parts } of pools) {
                        expect(needBytes).toBe(sumParts(parts));
                        expect(usableBytes).toBe(Math.max(0, freeBytes - reserveBytes));
                        expect(parts.every(({ bytes }) => bytes > 0 && Number.isFinite(bytes))).toBe(true);
                    }
                },
            ),
        );
    });
});
