import { expect, it } from "vitest";
import type { EngineState, ThreadRate } from "#shared/schema/engine.ts";
import { desktop32, laptop8 } from "#shared/domain/machines.fixtures.ts";
import type { Machine } from "#shared/schema/machine.ts";
import { DEFAULT_RUN_SETTINGS } from "#shared/schema/run-settings.ts";
import { createMeasureThreads } from "./measure-threads.ts";

const rates: ThreadRate[] = [{ threads: 4, tokensPerSecond: 9 }];

function open({
    machine = desktop32,
    gpuLayers = 0,
    wants = true,
    busy = false,
    answers = [rates],
}: { machine?: Machine; gpuLayers?: number; wants?: boolean; busy?: boolean; answers?: (ThreadRate[] | null)[] } = {}) {
    const probed: number[][] = [];
    const remembered: ThreadRate[][] = [];
    const settings = { ...DEFAULT_RUN_SETTINGS, gpuLayers };
    const measure = createMeasureThreads({
        engine: {
            state: () => ({ settings }) as EngineState,
            probeThreads: (counts) => {
                probed.push(counts);
                return Promise.resolve(answers.shift() ?? null);
            },
        },
        loader: { chosen: () => null },
        hardware: {
            scan: () => Promise.resolve(machine),
            wantsThreads: () => wants,
            rememberThreads: async (compared) => void remembered.push(compared.rates),
        },
        isBusy: () => busy,
        log: { info: () => undefined, warn: () => undefined },
    });
    return { measure: (tokensPerSecond: number | null = 10) => measure({ tokensPerSecond }), probed, remembered };
}

it("compares after an answer, remembers, and does it once", async () => {
    const { measure, probed, remembered } = open();
    await measure();
    await measure();
    expect(probed).toEqual([[4, 6, 8]]);
    expect(remembered).toEqual([rates]);
});

it("tries again after the next answer when a question came between", async () => {
    const { measure, probed, remembered } = open({ answers: [null, rates] });
    await measure();
    expect(remembered).toEqual([]);
    await measure();
    expect(probed).toHaveLength(2);
    expect(remembered).toEqual([rates]);
});

it("leaves alone what it must not delay or disturb, and what is known", async () => {
    const onBattery = { ...laptop8, battery: { isOnBattery: true, percent: 50 } };
    const cases = [open({ machine: onBattery }), open({ gpuLayers: 9 }), open({ wants: false }), open({ busy: true })];
    for (const { measure } of cases) await measure();
    const slow = open();
    await slow.measure(2);
    await slow.measure(null);
    expect([...cases, slow].flatMap(({ probed }) => probed)).toEqual([]);
});
