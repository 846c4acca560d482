import type { Failure } from "#shared/schema/failure.ts";
import type { Settings, SettingsPatch } from "#shared/schema/settings.ts";

/** The settings file: loading repairs and keeps the broken original, saving is atomic. */
export type SettingsStore = {
    get(): Settings;
    set(patch: SettingsPatch): Promise<Settings>;
    notice(): Failure | null;
};
