import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { _electron, type ElectronApplication, type Page, test as base } from "@playwright/test";
import { starterFile } from "../hearth-host.ts";

const root = path.resolve(import.meta.dirname, "../..");
const folder = path.join(root, "node_modules", "electron");
const pathFile = path.join(folder, "path.txt");
const binary = existsSync(pathFile)
    ? path.join(process.env["ELECTRON_OVERRIDE_DIST_PATH"] ?? path.join(folder, "dist"), readFileSync(pathFile, "utf8"))
    : "";
const hasDisplay = process.platform !== "linux" || Boolean(process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"]);

/** Why Electron cannot be started here; "" where it can. */
export const whyNoElectron =
    binary === "" || !existsSync(binary)
        ? "Electron's runtime is not on this machine"
        : hasDisplay
          ? ""
          : "this machine has no display";

/** Chromium refuses its own sandbox to root, who runs in containers; readers are not root. */
const args = process.getuid?.() === 0 ? ["--no-sandbox", root] : [root];

/** Hearth in Electron, on an empty profile of its own. */
export class ElectronHearth {
    readonly folder = mkdtempSync(path.join(tmpdir(), "hearth-electron-"));
    readonly data = path.join(this.folder, "data");
    private running: ElectronApplication | undefined;

    constructor() {
        if (starterFile)
            cpSync(path.dirname(starterFile), path.join(this.folder, "cache", "starter"), { recursive: true });
    }

    private get env(): Record<string, string> {
        const { NODE_OPTIONS: _, ...inherited } = process.env as Record<string, string>;
        return {
            ...inherited,
            HEARTH_DATA: this.data,
            HEARTH_MODELS: path.join(this.folder, "models"),
            HEARTH_CACHE: path.join(this.folder, "cache"),
            HEARTH_THREADS: "1",
        };
    }

    async start(): Promise<{ app: ElectronApplication; page: Page }> {
        const app = await _electron.launch({ executablePath: binary, args, env: this.env });
        this.running = app;
        return { app, page: await app.firstWindow() };
    }

    /** A second start on the same profile, as a double click on the icon makes one. */
    startAgain(): ChildProcess {
        return spawn(binary, args, { env: this.env, stdio: "ignore" });
    }

    /** As the reader closes it; resolves when the process is gone. */
    async close(): Promise<void> {
        await this.running?.close();
        this.running = undefined;
    }

    async dispose(): Promise<void> {
        await this.close();
        rmSync(this.folder, { recursive: true, force: true });
    }
}

export const test = base.extend<{ hearth: ElectronHearth }>({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern itself
    hearth: async ({}, use) => {
        const hearth = new ElectronHearth();
        await use(hearth);
        await hearth.dispose();
    },
});

export { expect } from "@playwright/test";
