import type { Services } from "../../door.ts";
import type { SettingsStore } from "./settings.ts";

export function settingsProcedures(settings: SettingsStore): Services["settings"] {
    return {
        get: () => ({ settings: settings.get(), notice: settings.notice() }),
        set: (patch) => settings.set(patch),
    };
}
