import { calibrate } from "#shared/domain/speed/calibrate.ts";
import type { PredictedSpeed } from "#shared/schema/answer.ts";
import type { LocalModel } from "#shared/schema/catalog.ts";
import type { Engine } from "../engine/engine.ts";
import type { ChooseSettings, Loader } from "../engine/loader.ts";
import type { SettingsStore } from "../settings/settings.ts";
import type { Storage } from "../storage/storage.ts";

/** How fast a model will write, by the formula and by all that was measured here so far; null where nothing is known. */
export type Predict = (model: LocalModel) => Promise<PredictedSpeed | null>;

export function createPredict({
    engine,
    loader,
    measurements,
    settings: store,
    chooseSettings,
}: {
    engine: Pick<Engine, "state" | "readHeldBytes">;
    loader: Pick<Loader, "chosen">;
    measurements: Pick<Storage["measurements"], "list">;
    settings: Pick<SettingsStore, "get">;
    chooseSettings: ChooseSettings;
}): Predict {
    return async (model) => {
        if (!model.shape) return null;
        const { model: loaded, settings: standing } = engine.state();
        const chosen = loader.chosen();
        const isLoaded = loaded?.modelId === model.id && chosen?.modelId === model.id;
        const limit = store.get().modelLimits[model.id] ?? null;
        const heldBytes = engine.readHeldBytes() ?? 0;
        const choice = isLoaded ? chosen : await chooseSettings(model, { wanted: null, heldBytes, limit });
        const settings = (isLoaded ? standing : null) ?? choice.settings;
        const predicted = choice.predict(settings);
        if (!predicted) return null;
        const { lowTokensPerSecond, middleTokensPerSecond, highTokensPerSecond } = calibrate(
            predicted,
            await measurements.list(null),
            { modelId: model.id, settings, deviceKey: choice.deviceKey(settings) },
        );
        return { lowTokensPerSecond, middleTokensPerSecond, highTokensPerSecond };
    };
}
