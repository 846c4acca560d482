import { stat } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import type { Rendering, ToInspector } from "../messages.ts";
import { findTemplate } from "./find-template.ts";
import { chooseLayout, type Layout, refuse, renderTurns } from "./render.ts";

type RenderMessage = Extract<ToInspector, { kind: "render" }>;

/**
 * Lays out conversations for the engine. The library is imported at the first one, so that a process that only reads headers
 * stays small; the layout of the last file is kept. Never throws: what a template does wrong is an answer.
 */
export function createRenderer() {
    let last: { key: string; layout: Layout } | undefined;
    return async ({ filePath, turns, useFileTemplate }: RenderMessage, begin: () => void): Promise<Rendering> => {
        try {
            const library = await import("node-llama-cpp");
            const { size, mtimeMs } = await stat(filePath);
            const key = `${filePath}\0${size}\0${mtimeMs}\0${useFileTemplate}`;
            const facts = last?.key === key ? undefined : await findTemplate(filePath);
            begin();
            // The word goes out before the work: a template may never give the process back.
            await setImmediate();
            if (facts?.template === "too-long" && useFileTemplate) return refuse("too-long", "the template itself");
            const layout = facts ? chooseLayout(library, facts, useFileTemplate) : last?.layout;
            if (!layout) return refuse("error", "no layout");
            last = { key, layout };
            return renderTurns(layout, turns);
        } catch (error) {
            return refuse("error", error instanceof Error ? error.message : "unknown");
        }
    };
}
