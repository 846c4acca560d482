import type { ChatWrapper } from "node-llama-cpp";
import type { Prompt, PromptText } from "#shared/schema/prompt.ts";
import type { Library } from "./make-wrapper.ts";

type Rendered = Extract<Prompt, { kind: "rendered" }>;

/** A wrapper that says what was laid out elsewhere, whatever history it is asked about. */
export function wrapRendered({ ChatWrapper: Base, LlamaText }: Library, prompt: Rendered): ChatWrapper {
    const read = (text: PromptText) => LlamaText.fromJSON(text);
    const { thought } = prompt;
    class RenderedChatWrapper extends Base {
        readonly wrapperName = "Rendered";
        override readonly settings = {
            ...Base.defaultSettings,
            ...(thought && {
                segments: {
                    thought: {
                        prefix: isOpened(thought.prefix) ? thought.prefix : read(thought.prefix),
                        ...(thought.suffix !== null && { suffix: read(thought.suffix) }),
                        openOnResponseStart: thought.openOnResponseStart,
                    },
                },
            }),
        };
        override generateContextState() {
            return {
                contextText: read(prompt.text),
                stopGenerationTriggers: prompt.stopTriggers.map(read),
                ignoreStartText: prompt.ignoreStartText.map(read),
            };
        }
    }
    return new RenderedChatWrapper();
}

type Opened = { type: "openedOnStart" };
const isOpened = (prefix: PromptText | Opened): prefix is Opened => typeof prefix === "object" && "type" in prefix;
