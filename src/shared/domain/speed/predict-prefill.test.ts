import { describe as group, expect, it } from "vitest";
import { devices, speedModel } from "../catalog/data.fixtures.ts";
import { settingsOf, shapeOf } from "../fit/sample.fixtures.ts";
import { describe, desktop32, rtx4090 } from "../machines.fixtures.ts";
import { matchDevice } from "./match-device.ts";
import { predictPrefill, timeToFirstTokenMilliseconds } from "./predict-prefill.ts";

const desktop4090 = describe({
    totalGiB: 64,
    freeGiB: 50,
    bandwidth: 89.6e9,
    cpuClass: "cpu-desktop-amd",
    card: rtx4090,
});
const device = matchDevice(devices, rtx4090.name, ["gpu"], 24 * 2 ** 30);
const shape = shapeOf("llama-3.1-8b.Q4_K_M");
const whole = settingsOf({ gpuLayers: 33 });

group("reading a prompt", () => {
    it("takes 2·A·N operations of the whole processor", () => {
        const time = predictPrefill(desktop32, shape, settingsOf(), { speedModel, device: null, promptTokens: 1000 });
        // Parameters read for a token: all but the input embedding. 852 GFLOP/s is the class's median.
        const active = 8_030_261_248 - 4096 * 128_256;
        expect(time?.middleMilliseconds).toBeGreaterThan(0.9 * ((2 * active * 1000) / 852e9) * 1000);
        expect(time?.middleMilliseconds).toBeLessThan(1.1 * ((2 * active * 1000) / 852e9) * 1000);
        expect(time?.lowMilliseconds).toBeLessThan(time?.middleMilliseconds ?? 0);
        expect(time?.highMilliseconds).toBeGreaterThan(time?.middleMilliseconds ?? 0);
    });

    it("reads thousands of tokens a second on a large card", () => {
        const time = predictPrefill(desktop4090, shape, whole, { speedModel, device, promptTokens: 512 });
        const tokensPerSecond = 512 / ((time?.middleMilliseconds ?? 0) / 1000);
        // Measured 7,139 (hardware/measured.csv: RTX 4090, Llama 3 8B Q4_K_M, pp512, XiongjieDai); the class's s is 0.30.
        expect(Math.abs(Math.log(tokensPerSecond / 7139))).toBeLessThan(1.2816 * 0.3);
    });

    it("is slower after a long conversation, and says nothing of a split or an unknown card", () => {
        const at = (depthTokens: number) =>
            predictPrefill(desktop4090, shape, whole, { speedModel, device, promptTokens: 512, depthTokens });
        expect(at(20_000)?.middleMilliseconds).toBeGreaterThan(at(0)?.middleMilliseconds ?? 0);
        expect(
            predictPrefill(desktop4090, shape, settingsOf({ gpuLayers: 10 }), {
                speedModel,
                device,
                promptTokens: 512,
            }),
        ).toBeNull();
        expect(predictPrefill(desktop4090, shape, whole, { speedModel, device: null, promptTokens: 512 })).toBeNull();
    });

    it("adds one token to the first token's time", () => {
        const time = { lowMilliseconds: 100, middleMilliseconds: 200, highMilliseconds: 400 };
        expect(timeToFirstTokenMilliseconds(time, 20)).toEqual({
            lowMilliseconds: 150,
            middleMilliseconds: 250,
            highMilliseconds: 450,
        });
    });
});
