import { stat } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import type { Fallback, Rendering, ToInspector } from "../messages.ts";
import { findTemplate, type TemplateFacts } from "./find-template.ts";
import { chooseLayout, findFallback, type Layout, refuse, renderTurns } from "./render.ts";

type RenderMessage = Extract<ToInspector, { kind: "render" }>;
type Known = { key: string; facts: TemplateFacts; fallback: Fallback; layout?: Layout };

/**
 * Lays out conversations for the engine. The library is imported at the first one, so that a process that only reads headers
 * stays small; what was found out about the last file is kept. Never throws: what a template does wrong is an answer.
 */
export function createRenderer() {
    let last: Known | undefined;
    return async ({ filePath, turns }: RenderMessage, begin: (fallback: Fallback) => void): Promise<Rendering> => {
        try {
            const library = await import("node-llama-cpp");
            const { size, mtimeMs } = await stat(filePath);
            const key = `${filePath}\0${size}\0${mtimeMs}`;
            if (last?.key !== key) {
                const facts = await findTemplate(filePath);
                last = { key, facts, fallback: findFallback(library, facts) };
            }
            begin(last.fallback);
            // The word goes out before the work: a template may never give the process back.
            await setImmediate();
            if (last.facts.template?.isWhole === false) return refuse("too-long", "the template itself");
            last.layout ??= chooseLayout(library, last.facts, last.fallback);
            return renderTurns(last.layout, turns);
        } catch (error) {
            return refuse("error", error instanceof Error ? error.message : "unknown");
        }
    };
}
