import type { ChatWrapper } from "node-llama-cpp";
import type { Prompt } from "#shared/schema/prompt.ts";

export type Library = typeof import("node-llama-cpp");
/** One of the library's own chat formats, by name. */
export type Format = Pick<Extract<Prompt, { kind: "known" }>, "format" | "options">;

/** The library's wrapper of a format. Throws where it knows none of this name. */
export function makeWrapper(library: Library, { format, options }: Format): ChatWrapper {
    const type = library.specializedChatWrapperTypeNames.find((name) => name === format);
    const wrapper = type && library.resolveChatWrapper({ type, customWrapperSettings: { [type]: options } });
    if (!wrapper) throw new Error(`no chat format ${format}`);
    return wrapper;
}
