import type { ChatWrapper } from "node-llama-cpp";
import type { Turn } from "#shared/schema/chat.ts";
import { type Format, type Library, makeWrapper } from "../../prompt/make-wrapper.ts";
import { toHistory } from "../../prompt/to-history.ts";

/**
 * Every kind of turn, instructions among them, as the library itself compares: what some templates put in their place where
 * there are none ("You are a helpful assistant") is no part of the format (and SmolLM2 135M, asked for the capital of France, went astray with its own: 4 of 4 tries).
 */
const sample: Turn[] = [
    { role: "system", text: "Be brief." },
    { role: "user", text: "One?" },
    { role: "assistant", text: "Two." },
    { role: "user", text: "Three?" },
];

const stateOf = (wrapper: ChatWrapper) => wrapper.generateContextState({ chatHistory: toHistory(sample) });
const layOut = (wrapper: ChatWrapper) => JSON.stringify([stateOf(wrapper), wrapper.settings.segments ?? {}]);

/** Whether two wrappers write the same text. The first token of all is for the engine to see to. */
export function laysOutAlike(one: ChatWrapper, other: ChatWrapper): boolean {
    const write = (wrapper: ChatWrapper) => stateOf(wrapper).contextText.toString().replace(/^BOS/, "");
    return write(one) === write(other);
}

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
        [{}, readOptions(wrapper)]
            .map((options) => ({ format, options }))
            .find((candidate) => layOut(makeWrapper(library, candidate)) === expected) ?? null
    );
}
