import apple16 from "../../../resources/machines/apple-16gb.json";
import apu from "../../../resources/machines/apu-512mb.json";
import cardTaken from "../../../resources/machines/card-taken.json";
import catalogJson from "../../../resources/data/catalog.json";
import container from "../../../resources/machines/container-8gb.json";
import desktop from "../../../resources/machines/desktop-32gb-8gb-card.json";
import laptop from "../../../resources/machines/laptop-8gb.json";
import unknownCard from "../../../resources/machines/unknown-card.json";
import { catalogModels } from "#shared/domain/catalog/catalog-models.ts";
import { deviceKeyOf } from "#shared/domain/speed/device-key.ts";
import { CatalogFile } from "#shared/schema/catalog-file.ts";
import { Machine } from "#shared/schema/machine.ts";
import type { Measurement } from "#shared/schema/measurement.ts";
import type { ModelId } from "#shared/schema/ids.ts";
import { DEFAULT_RUN_SETTINGS } from "#shared/schema/run-settings.ts";

/** The catalog that ships, as the host hands it out. */
export const shippedCatalog = catalogModels(CatalogFile.parse(catalogJson).models);

/** The described machines that ship. */
export const described = {
    apple16: Machine.parse(apple16),
    apu: Machine.parse(apu),
    cardTaken: Machine.parse(cardTaken),
    container: Machine.parse(container),
    desktop: Machine.parse(desktop),
    laptop: Machine.parse(laptop),
    unknownCard: Machine.parse(unknownCard),
};

/** As if it had been scanned here: for states that a described machine never shows. */
export const asHere = (machine: Machine): Machine => ({
    ...machine,
    kind: "here",
    title: null,
    scanMilliseconds: 1400,
});

/** An answer of the practice model on this machine, predicted at 100 tokens a second; measured as given. */
export const answerOn = (machine: Machine, measuredTokensPerSecond: number): Measurement => ({
    modelId: "starter" as ModelId,
    modelName: "Practice model",
    measuredAt: 0,
    deviceKey: deviceKeyOf(machine, DEFAULT_RUN_SETTINGS),
    engineBuild: "gallery",
    settings: DEFAULT_RUN_SETTINGS,
    predictedTokensPerSecond: 100,
    predictedLowTokensPerSecond: 70,
    predictedHighTokensPerSecond: 140,
    measuredTokensPerSecond,
    timeToFirstTokenMilliseconds: 400,
    promptTokens: 60,
    answerTokens: 120,
    isOnBattery: false,
});
