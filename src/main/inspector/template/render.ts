import type { ChatWrapper, LlamaText } from "node-llama-cpp";
import type { Turn } from "#shared/schema/chat.ts";
import type { Prompt, PromptText } from "#shared/schema/prompt.ts";
import { type Format, type Library, makeWrapper } from "../../prompt/make-wrapper.ts";
import { toHistory } from "../../prompt/to-history.ts";
import type { Fallback, Rendering } from "../messages.ts";
import { cleanText } from "../refusal.ts";
import { describeWrapper, laysOutAlike } from "./describe-wrapper.ts";
import { findFamily } from "./families.ts";
import type { TemplateFacts } from "./find-template.ts";

/** A wrapper, and how the engine can make the same without the file; null: only its output can travel. */
export type Layout = { wrapper: ChatWrapper; format: Format | null; source: "file" | "none" };

/** A template may repeat the conversation (as JSON, for one) and say much besides; what is longer than this expands. */
const mostCharacters = (turns: Turn[]): number => 65_536 + 4 * turns.reduce((sum, { text }) => sum + text.length, 0);

/** The library's choice for a file. The few keys it reads are given to it; the rest of a header stays here. */
function resolve(library: Library, { architecture, names }: TemplateFacts, template: string | null): ChatWrapper {
    const general = {
        architecture,
        ...(names.name !== null && { name: names.name }),
        ...(names.basename !== null && { basename: names.basename }),
        ...(names.baseName !== null && { base_model: { count: 1, 0: { name: names.baseName } } }),
    };
    const tokenizer = template === null ? {} : { chat_template: template };
    const wrapper = library.resolveChatWrapper({
        // The library's type is that of a whole header of its own reader.
        fileInfo: { metadata: { general, tokenizer } } as never,
        fallbackToOtherWrappersOnJinjaError: false,
        warningLogs: false,
    });
    return wrapper ?? new library.GeneralChatWrapper();
}

/** The known format of the file's family, by the marks in its template or by its names. Runs nothing of the file. */
export function findFallback(library: Library, facts: TemplateFacts): Fallback {
    const family = facts.template === null ? null : findFamily(facts.template.text);
    const wrapper = family === null ? resolve(library, facts, null) : library.resolveChatWrapper({ type: family });
    const format = wrapper && describeWrapper(library, wrapper);
    return format ? { ...format, name: wrapper.wrapperName } : { format: "general", options: {}, name: "General" };
}

/** Families whose answers come in channels or parts of their own, which only the library's own formats can read. */
const inParts: readonly string[] = ["harmony", "gemma4", "seed"];

/**
 * The layout of a file's conversations. Running its template is for a process that may be ended. Where a known format does
 * the same, that one is taken, since it needs no process. Throws what the template throws.
 */
export function chooseLayout(library: Library, facts: TemplateFacts, fallback: Fallback): Layout {
    const { template } = facts;
    if (template === null) return { wrapper: resolve(library, facts, null), format: fallback, source: "none" };
    if (inParts.includes(fallback.format)) {
        // The library tries its formats in all their variants against the template; a part of a second.
        const wrapper = resolve(library, facts, template.text);
        return { wrapper, format: describeWrapper(library, wrapper), source: "file" };
    }
    const own = new library.JinjaTemplateChatWrapper({
        template: template.text,
        functionCallMessageTemplate: "noJinja",
    });
    const known = makeWrapper(library, fallback);
    return laysOutAlike(own, known)
        ? { wrapper: known, format: fallback, source: "file" }
        : { wrapper: own, format: null, source: "file" };
}

/** Lays out the turns, with an empty answer at their end. Throws what the template throws. */
export function renderTurns({ wrapper, format, source }: Layout, turns: Turn[]): Rendering {
    const name = wrapper.wrapperName;
    if (format) {
        const { format: known, options } = format;
        return { outcome: "ok", source, name, prompt: { kind: "known", format: known, options, turns } };
    }
    const { contextText, stopGenerationTriggers, ignoreStartText } = wrapper.generateContextState({
        chatHistory: toHistory(turns),
    });
    // What stands behind an answer, in the template, is what ends it.
    const written = [contextText, ...stopGenerationTriggers].reduce((sum, text) => sum + text.toString().length, 0);
    if (written > mostCharacters(turns)) return refuse("too-long", `${written} characters`);
    const thought = wrapper.settings.segments?.thought;
    const prompt: Prompt = {
        kind: "rendered",
        text: contextText.toJSON(),
        stopTriggers: stopGenerationTriggers.map((trigger) => trigger.toJSON()),
        ignoreStartText: (ignoreStartText ?? []).map((text) => text.toJSON()),
        thought: thought
            ? {
                  prefix: isOpened(thought.prefix) ? thought.prefix : toJson(thought.prefix),
                  suffix: thought.suffix === undefined ? null : toJson(thought.suffix),
                  openOnResponseStart: thought.openOnResponseStart ?? false,
              }
            : null,
    };
    return { outcome: "ok", source, name, prompt };
}

const toJson = (text: string | LlamaText): PromptText => (typeof text === "string" ? text : text.toJSON());
const isOpened = (prefix: string | LlamaText | { type: "openedOnStart" }): prefix is { type: "openedOnStart" } =>
    typeof prefix === "object" && "type" in prefix;

export const refuse = (problem: "error" | "too-long", detail: string): Rendering => ({
    outcome: "refused",
    problem,
    detail: cleanText(detail, 300),
});
