import type { Services } from "../../door.ts";
import type { Shell } from "../../shell.ts";
import type { SettingsStore } from "../settings/settings.ts";
import type { Storage } from "../storage/storage.ts";

/** What this Hearth is. In this version nothing of it opens a connection beyond loopback, so the count is 0 by construction. */
export function aboutProcedures({
    shell,
    storage,
    settings,
}: {
    shell: Shell;
    storage: Storage;
    settings: SettingsStore;
}): Services["about"] {
    return {
        status: () => {
            const settingsNotice = settings.notice();
            return {
                version: shell.version,
                shell: shell.kind,
                notices: [...storage.notices(), ...(settingsNotice ? [settingsNotice] : [])],
                connections: 0,
            };
        },
    };
}
