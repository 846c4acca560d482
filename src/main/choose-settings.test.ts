import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { shapeOf } from "#shared/domain/fit/sample.fixtures.ts";
import { cardOf, desktop3060, desktop32, GiB, rtx3060 } from "#shared/domain/machines.fixtures.ts";
import { PICK_CONTEXT_TOKENS, recommend } from "#shared/domain/recommend.ts";
import type { LocalModel } from "#shared/schema/catalog.ts";
import { ModelId } from "#shared/schema/ids.ts";
import type { Machine } from "#shared/schema/machine.ts";
import { DEFAULT_RUN_SETTINGS } from "#shared/schema/run-settings.ts";
import { createChooseSettings } from "./choose-settings.ts";
import type { Hardware } from "./services/hardware/hardware.ts";
import { createDataFiles } from "./services/models/catalog.ts";

const resourcesFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../resources");
const data = createDataFiles({ resourcesFolder, catalogFile: null });
const model = (file: string): LocalModel => ({
    id: ModelId.parse(`file:${file}`),
    name: file,
    fileName: file,
    sizeBytes: 1,
    isStarter: false,
    shape: shapeOf(file),
    refusal: null,
});
const plain = { wanted: null, heldBytes: 0, limit: null };

function open(machine: Machine, freeGibibytes: number) {
    const hardware: Hardware = {
        scan: () => Promise.resolve({ ...machine, kind: "here" }),
        readMemoryNow: () =>
            Promise.resolve({
                totalBytes: machine.memory.totalBytes.value,
                freeBytes: freeGibibytes * GiB,
                gpuTotalBytes: null,
                gpuFreeBytes: null,
            }),
        correct: () => Promise.reject(new Error("not asked here")),
        wantsThreads: () => false,
        rememberThreads: () => Promise.resolve(),
        subscribe: () => () => undefined,
        close: () => undefined,
    };
    return createChooseSettings({ hardware, data });
}
/** A card too small for any of our models. */
const tinyCard: Machine = { ...desktop3060, gpus: [cardOf({ ...rtx3060, totalGiB: 1, freeGiB: 0.9 })] };

describe("the settings of a load", () => {
    it("put the model on the card that the plan uses, and leave out one that it does not", async () => {
        const whole = await open(desktop3060, 22)(model("llama-3.1-8b.Q4_K_M"), plain);
        expect(whole.settings.gpuLayers).toBe(33);
        expect(whole.deviceKey(whole.settings)).toBe("NVIDIA GeForce RTX 3060, card");
        const { cpu } = desktop3060;
        expect(whole.deviceKey({ ...whole.settings, gpuLayers: 0 })).toBe(`${cpu.name.value}, processor`);
        const without = await open(tinyCard, 22)(model("llama-3.1-8b.Q4_K_M"), plain);
        expect(without.settings.gpuLayers).toBe(0);
        expect(without.pools.map(({ pool }) => pool)).toEqual(["main"]);
    });

    it("are those of the pick that was made without the card", async () => {
        const { models } = await data.loadCatalog();
        const { pick, reason } = recommend(tinyCard, models, await data.loadSpeedModel(), []);
        if (!pick?.model.shape) throw new Error("there is a pick");
        expect(reason?.isWithoutCard).toBe(true);
        const free = tinyCard.memory.freeBytes.value / GiB;
        const chosen = await open(tinyCard, free)({ ...model("llama-3.1-8b.Q4_K_M"), shape: pick.model.shape }, plain);
        expect(chosen.settings).toEqual(pick.verdict.settings);
    });

    it("count what the engine gives back as free, in main memory, up to all of it", async () => {
        const choose = open(desktop32, 4);
        const main = async (heldBytes: number) =>
            (await choose(model("llama-3.1-8b.Q4_K_M"), { ...plain, heldBytes })).pools[0]?.freeBytes;
        expect(await main(0)).toBe(4 * GiB);
        expect(await main(3 * GiB)).toBe(7 * GiB);
        expect(await main(99 * GiB)).toBe(desktop32.memory.totalBytes.value);
    });

    it("stay within what the model is kept to, and are the reader's where wanted", async () => {
        const choose = open(desktop3060, 22);
        const limit = { step: "processor", contextTokens: 2048, gpuLayers: 0 } as const;
        const kept = await choose(model("llama-3.1-8b.Q4_K_M"), { ...plain, limit });
        expect(kept.settings).toMatchObject({ contextTokens: 2048, gpuLayers: 0 });
        const wanted = { ...DEFAULT_RUN_SETTINGS, contextTokens: 1024, gpuLayers: 3 };
        const asked = await choose(model("llama-3.1-8b.Q4_K_M"), { ...plain, wanted });
        expect(asked.settings).toEqual(wanted);
        expect(asked.pools.map(({ pool }) => pool)).toEqual(["gpu", "main"]);
        expect(PICK_CONTEXT_TOKENS).toBeGreaterThan(kept.settings.contextTokens);
    });

    it("predict for the settings that the engine really took", async () => {
        const { settings, predict } = await open(desktop3060, 22)(model("llama-3.1-8b.Q4_K_M"), plain);
        const onCard = predict(settings)?.middleTokensPerSecond ?? 0;
        const onProcessor = predict({ ...settings, gpuLayers: 0 })?.middleTokensPerSecond ?? 0;
        expect(onCard).toBeGreaterThan(2 * onProcessor);
        expect(onProcessor).toBeGreaterThan(0);
    });
});
