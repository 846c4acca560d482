import type { RunSettings } from "#shared/schema/run-settings.ts";
import type { ChooseSettings } from "./loader.ts";

/** A choice of these settings (or those wanted), with so much needed and free in main memory. */
export const chooseAlways =
    ({
        settings,
        neededBytes,
        freeBytes,
    }: {
        settings: RunSettings;
        neededBytes: number;
        freeBytes: number;
    }): ChooseSettings =>
    async (_model, { wanted, heldBytes }) => ({
        settings: wanted ?? settings,
        layerCount: 2,
        pools: [
            {
                pool: "main",
                totalBytes: 2 ** 40,
                freeBytes: freeBytes + heldBytes,
                reserveBytes: 0,
                usableBytes: freeBytes + heldBytes,
                needBytes: neededBytes,
                parts: [],
            },
        ],
        predict: () => null,
        deviceKey: () => "a processor",
        isOnBattery: false,
    });
