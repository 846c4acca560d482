import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Failure } from "#shared/schema/failure.ts";
import { Settings, type SettingsPatch } from "#shared/schema/settings.ts";
import type { Log } from "../log/log.ts";
import { writeAtomically, writeFailure } from "../storage/atomic-file.ts";
import { damagedName, keepDamaged } from "../storage/keep-damaged.ts";

/** The settings file: loading repairs and keeps the broken original, saving is atomic. */
export type SettingsStore = {
    get(): Settings;
    /** In force at once; a disk that refuses it keeps it for this run only and says so by `notice`. */
    set(patch: SettingsPatch): Promise<Settings>;
    notice(): Failure | null;
};

const FILE_NAME = "settings.json";
/** Far above what Hearth writes; a larger file is not ours. */
const MOST_BYTES = 2 ** 20;

export function createSettings({
    dataFolder,
    log,
    isGuest = false,
    now = () => new Date(),
}: {
    dataFolder: string;
    log: Log;
    /** A terminal command beside the Hearth that owns the profile: reads, and leaves repair to the owner, who says it. */
    isGuest?: boolean;
    now?: () => Date;
}): SettingsStore {
    const file = path.join(dataFolder, FILE_NAME);
    let notice: Failure | null = null;
    /** Keys of a later Hearth; kept as they are. */
    let unknownKeys: Record<string, unknown> = {};
    let settings = Settings.parse({});
    let mustSave = false;
    let saving = Promise.resolve();
    let saveNotice: Failure | null = null;

    const save = (): Promise<void> => {
        saving = saving
            .then(() => writeAtomically(file, `${JSON.stringify({ ...unknownKeys, ...settings }, null, 4)}\n`))
            .then(() => {
                saveNotice = null;
            })
            .catch((error: unknown) => {
                saveNotice = writeFailure(error, "settings");
                log.warn("settings.save-failed", { code: saveNotice.code });
            });
        return saving;
    };

    const setAside = () => {
        const keptAs = damagedName(file, now());
        notice = { code: "SETTINGS_DAMAGED", data: { keptAs } };
        if (isGuest) return;
        // The original is kept: the repaired text takes its place, so that the next start does not keep it once more.
        if (keepDamaged(file, keptAs)) mustSave = true;
        else log.warn("settings.keep-failed");
    };

    if (existsSync(file)) {
        const found = readObject(file);
        if (found === null) setAside();
        else {
            const repaired = repair(found);
            settings = repaired.settings;
            unknownKeys = repaired.unknownKeys;
            if (repaired.isDamaged) setAside();
        }
    }
    if (mustSave) void save();

    return {
        get: () => settings,
        async set(patch) {
            settings = Settings.parse({ ...settings, ...patch });
            await save();
            return settings;
        },
        notice: () => saveNotice ?? notice,
    };
}

function readObject(file: string): Record<string, unknown> | null {
    try {
        if (statSync(file).size > MOST_BYTES) return null;
        // Editors on Windows begin a file with a byte order mark.
        const value: unknown = JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
        return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
    } catch {
        return null;
    }
}

/** Field by field: what is right stays, what is wrong gets its default. */
function repair(found: Record<string, unknown>): {
    settings: Settings;
    unknownKeys: Record<string, unknown>;
    isDamaged: boolean;
} {
    const good: Record<string, unknown> = {};
    const unknownKeys: Record<string, unknown> = {};
    let isDamaged = false;
    for (const [key, value] of Object.entries(found)) {
        if (!Object.hasOwn(Settings.shape, key)) {
            if (key !== "__proto__") unknownKeys[key] = value;
        } else if (Settings.shape[key as keyof typeof Settings.shape].safeParse(value).success) good[key] = value;
        else isDamaged = true;
    }
    return { settings: Settings.parse(good), unknownKeys, isDamaged };
}
