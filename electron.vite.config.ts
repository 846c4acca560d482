import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import babel from "@rolldown/plugin-babel";
import react, { reactCompilerPreset } from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";

const source = (file: string) => resolve("src", file);
/** Its browser build parses with innerHTML, which Trusted Types refuse; Node's resolution gives the DOM-free one. */
const domFree = {
    "decode-named-character-reference": fileURLToPath(import.meta.resolve("decode-named-character-reference")),
};

/** Each process and worker is an entry of its own, so that its file has a stable name to start it by. */
export default defineConfig({
    main: {
        build: {
            rolldownOptions: {
                input: {
                    index: source("main/app/main.ts"),
                    "web-host": source("main/host/main.ts"),
                    engine: source("main/engine/main.ts"),
                    inspector: source("main/inspector/main.ts"),
                    storage: source("main/storage/main.ts"),
                    bandwidth: source("main/bandwidth/main.ts"),
                    cli: source("main/cli/main.ts"),
                },
            },
        },
    },
    preload: {
        build: {
            externalizeDeps: false,
            rolldownOptions: {
                input: { index: source("main/app/preload.ts") },
                output: { format: "cjs", entryFileNames: "[name].cjs" },
            },
        },
    },
    renderer: {
        resolve: { alias: domFree },
        plugins: [react(), babel({ presets: [reactCompilerPreset()] })],
        build: {
            minify: true,
            target: "es2022",
            cssTarget: ["chrome123", "safari17.5", "firefox128"],
            assetsInlineLimit: 0,
        },
    },
});
