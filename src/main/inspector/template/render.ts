import type { ChatWrapper, LlamaText } from "node-llama-cpp";
import type { Turn } from "#shared/schema/chat.ts";
import type { Prompt, PromptText, TemplateUse } from "#shared/schema/prompt.ts";
import type { Format, Library } from "../../prompt/make-wrapper.ts";
import { toHistory } from "../../prompt/to-history.ts";
import type { Rendering } from "../messages.ts";
import { cleanText } from "../refusal.ts";
import { describeWrapper } from "./describe-wrapper.ts";
import { findFamily } from "./families.ts";
import type { TemplateFacts } from "./find-template.ts";

/** A wrapper, and how the engine can make the same without the file; null: only its output can travel. */
export type Layout = { wrapper: ChatWrapper; format: Format | null; source: TemplateUse["source"] };

/** A template may repeat the conversation (as JSON, for one) and say much besides; what is longer than this expands. */
const mostCharacters = (turns: Turn[]): number =>
    65_536 + 4 * turns.reduce((sum, { text }) => sum + text.length, 0);

/**
 * The layout of a file's conversations. With `useFileTemplate` the template is run, many times, to see whether one of the
 * library's own formats does the same: only for a process that may be ended. Throws what the template throws.
 */
export function chooseLayout(library: Library, facts: TemplateFacts, useFileTemplate: boolean): Layout {
    const { template, architecture, names } = facts;
    const known = (wrapper: ChatWrapper, source: TemplateUse["source"]): Layout => ({
        wrapper,
        format: describeWrapper(library, wrapper),
        source,
    });
    const general = {
        architecture,
        ...(names.name !== null && { name: names.name }),
        ...(names.basename !== null && { basename: names.basename }),
        ...(names.baseName !== null && { base_model: { count: 1, 0: { name: names.baseName } } }),
    };
    // The library reads these few keys of its own type of header; the rest of a header stays here.
    const resolve = (tokenizer: { chat_template?: string }) =>
        library.resolveChatWrapper({
            fileInfo: { metadata: { general, tokenizer } } as never,
            fallbackToOtherWrappersOnJinjaError: false,
            warningLogs: false,
        }) ?? new library.GeneralChatWrapper();
    if (useFileTemplate && template !== null && template !== "too-long") return known(resolve({ chat_template: template }), "file");
    const family = template === null || template === "too-long" ? null : findFamily(template);
    const wrapper = family === null ? resolve({}) : library.resolveChatWrapper({ type: family });
    return known(wrapper ?? new library.GeneralChatWrapper(), template === null ? "none" : "known");
}

/** Lays out the turns, with an empty answer at their end. Throws what the template throws. */
export function renderTurns({ wrapper, format, source }: Layout, turns: Turn[]): Rendering {
    const name = wrapper.wrapperName;
    if (format) return { outcome: "ok", source, name, prompt: { kind: "known", ...format, turns } };
    const { contextText, stopGenerationTriggers, ignoreStartText } = wrapper.generateContextState({
        chatHistory: toHistory(turns),
    });
    const written = contextText.toString().length;
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
