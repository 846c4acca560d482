import type { ChatWrapper } from "node-llama-cpp";
import type { Turn } from "#shared/schema/chat.ts";
import { type Format, type Library, makeWrapper } from "../../prompt/make-wrapper.ts";
import { toHistory } from "../../prompt/to-history.ts";

/** Every kind of turn, so that two layouts which agree on them agree. */
const sample: Turn[] = [
    { role: "system", text: "Be brief." },
    { role: "user", text: "One?" },
    { role: "assistant", text: "Two." },
    { role: "user", text: "Three?" },
];

const layOut = (wrapper: ChatWrapper) => {
    const { contextText, stopGenerationTriggers } = wrapper.generateContextState({ chatHistory: toHistory(sample) });
    return JSON.stringify([contextText, stopGenerationTriggers, wrapper.settings.segments ?? {}]);
};

/** The wrapper's own fields as options of its constructor, which takes them by these names, with or without underscore. */
function readOptions(wrapper: ChatWrapper): Format["options"] {
    const { wrapperName: _name, settings: _settings, ...fields } = wrapper;
    const plain: Format["options"] = JSON.parse(JSON.stringify(fields));
    return {
        ...plain,
        ...Object.fromEntries(Object.entries(plain).map(([key, value]) => [key.replace(/^_/, ""), value])),
    };
}

/**
 * Name and options by which the library makes this wrapper again, in another process and without the model's file; null
 * where what it makes then lays out a conversation differently.
 */
export function describeWrapper(library: Library, wrapper: ChatWrapper): Format | null {
    const format = library.specializedChatWrapperTypeNames.find(
        (name) => library.resolveChatWrapper({ type: name })?.constructor === wrapper.constructor,
    );
    if (format === undefined) return null;
    const expected = layOut(wrapper);
    return (
        [readOptions(wrapper), {}]
            .map((options) => ({ format, options }))
            .find((candidate) => layOut(makeWrapper(library, candidate)) === expected) ?? null
    );
}
