import path from "node:path";
import type { Router } from "@orpc/server";
import { contract } from "#shared/contract/contract.ts";
import { createChooseSettings } from "./choose-settings.ts";
import { openDoor, type Services } from "./door.ts";
import { aboutProcedures } from "./services/about/about.ts";
import { countConnections } from "./services/about/count-connections.ts";
import { createAnswers } from "./services/answers/answers.ts";
import { chatsProcedures } from "./services/chats/procedures.ts";
import { createEngine, type Engine } from "./services/engine/engine.ts";
import { createLoader } from "./services/engine/loader.ts";
import { engineProcedures } from "./services/engine/procedures.ts";
import { createHardware, type Hardware } from "./services/hardware/hardware.ts";
import { createMeasureThreads } from "./services/hardware/measure-threads.ts";
import { hardwareProcedures } from "./services/hardware/procedures.ts";
import { createInspector, type Inspector } from "./services/inspector/inspector.ts";
import { createLog, type Log } from "./services/log/log.ts";
import { measurementsProcedures } from "./services/measurements/procedures.ts";
import { createPredict } from "./services/measurements/predict.ts";
import { createRememberRun } from "./services/measurements/remember-run.ts";
import { createBrowser } from "./services/models/browse.ts";
import { createDataFiles, type DataFiles } from "./services/models/catalog.ts";
import { createLibrary, STARTER_ID } from "./services/models/library.ts";
import { modelsProcedures } from "./services/models/procedures.ts";
import { createSettings, type SettingsStore } from "./services/settings/settings.ts";
import { settingsProcedures } from "./services/settings/procedures.ts";
import { secureFolder } from "./services/storage/secure-folder.ts";
import { createStorage } from "./services/storage/storage.ts";
import { createTemplates } from "./services/templates/templates.ts";
import type { Shell } from "./shell.ts";

/** Megabytes of JavaScript heap the inspector may have (bar B1: 64 MiB beyond the bare process). */
const INSPECTOR_HEAP_MEBIBYTES = 128;
/** For an inspector that runs a file's template (bar B6: 256 MiB beyond the bare process, which has some 120 with the library in it). */
const TEMPLATE_HEAP_MEBIBYTES = 48;

export type Composed = {
    router: Router<typeof contract, Record<never, never>>;
    services: Services;
    close(): Promise<void>;
};

/** What the terminal commands need as well as the window. */
export type Parts = {
    log: Log;
    settings: SettingsStore;
    data: DataFiles;
    inspector: Inspector;
    engine: Engine;
    hardware: Hardware;
};

/** The services that need no database and no window. A guest (a terminal command) does not own the profile. */
export function composeParts(shell: Shell, { isGuest }: { isGuest: boolean }): Parts {
    const { paths } = shell;
    secureFolder(paths.data);
    const log = createLog({ folder: path.join(paths.data, "logs") });
    const settings = createSettings({ dataFolder: paths.data, log, isGuest });
    const data = createDataFiles({ resourcesFolder: paths.resources, catalogFile: shell.catalogFile });
    const inspector = createInspector({ spawn: () => shell.spawnInspector(INSPECTOR_HEAP_MEBIBYTES), log });
    const templates = createTemplates({ spawn: () => shell.spawnInspector(TEMPLATE_HEAP_MEBIBYTES), log });
    const engine = createEngine({ spawn: shell.spawnEngine, templates, log });
    const hardware = createHardware({
        paths,
        settings,
        readBackends: engine.readBackends,
        loadDevices: data.loadDevices,
        machineFile: shell.machineFile,
        threadsOverride: shell.threadsOverride,
        bandwidthEntry: shell.bandwidthEntry,
        log,
    });
    return { log, settings, data, inspector, engine, hardware };
}

/** The one place where services are made and handed to each other; the list of ingredients. */
export async function compose(shell: Shell): Promise<Composed> {
    const { paths } = shell;
    const connections = countConnections();
    const { log, settings, data, inspector, engine, hardware } = composeParts(shell, { isGuest: false });
    const storage = await createStorage({ workerEntry: shell.storageEntry, dataFolder: paths.data, log });
    const library = createLibrary({ paths, inspector, log });
    const chooseSettings = createChooseSettings({ hardware, data });
    const loader = createLoader({ engine, library, chooseSettings, settings });
    // The next start, and the next question after a lost engine, take the model that was last ready.
    engine.subscribe(({ phase, model }) => {
        if (phase === "idle" && model && model.modelId !== settings.get().lastModelId)
            void settings.set({ lastModelId: model.modelId });
    });
    const rememberRun = createRememberRun({ engine, loader, storage });
    const measureThreads = createMeasureThreads({ engine, loader, hardware, log });
    const answers = createAnswers({
        engine,
        storage,
        library,
        load: (modelId) => loader.load(modelId, null),
        chooseModel: () => engine.state().model?.modelId ?? settings.get().lastModelId ?? STARTER_ID,
        predict: createPredict({ engine, loader, measurements: storage.measurements, settings, chooseSettings }),
        measured: async (...answer) => {
            await rememberRun(...answer);
            // Beside what follows the answer; the next question ends it.
            void measureThreads(answer[2]).catch(() => log.warn("hardware.threads-failed"));
        },
        log,
    });
    const services: Services = {
        hardware: hardwareProcedures(hardware),
        models: modelsProcedures({ library, browser: createBrowser(paths.browseRoots), loadCatalog: data.loadCatalog }),
        engine: engineProcedures({ engine, loader }),
        answers,
        chats: chatsProcedures(storage),
        measurements: measurementsProcedures(storage),
        settings: settingsProcedures(settings),
        about: aboutProcedures({
            shell,
            countConnections: connections.count,
            readNotices: () => [...storage.notices(), settings.notice(), library.notice()],
        }),
    };
    return {
        router: openDoor(contract, services, log),
        services,
        async close() {
            connections.close();
            hardware.close();
            inspector.close();
            // First of all what the reader has seen: the store takes nothing more once it is closing.
            await answers.close();
            await engine.close();
            await storage.close();
        },
    };
}
