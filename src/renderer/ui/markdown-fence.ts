import { showControls } from "./show-controls.ts";

export type Fence = { source: string; language: string | undefined };

/**
 * A block that is one fenced code and nothing else, closed or still growing; undefined for all others. Such a block needs
 * no parser, which would read a long program again with each of its words.
 */
export function readFence(block: string): Fence | undefined {
    const opening = /^(`{3,}|~{3,})([^\n]*)\n/.exec(block);
    const marker = opening?.[1];
    const info = opening?.[2] ?? "";
    if (!opening || !marker || (marker.startsWith("`") && info.includes("`"))) return undefined;
    const body = block.slice(opening[0].length);
    const closing = new RegExp(`^ {0,3}${marker}[${marker.charAt(0)}]*[ \\t]*$`, "m").exec(body);
    if (closing && body.slice(closing.index + closing[0].length).trim() !== "") return undefined;
    return {
        source: closing ? body.slice(0, closing.index) : body,
        language: readLanguage(info.trim().split(/\s/, 1)[0] ?? ""),
    };
}

/** The language a model named, as it may be shown. */
export const readLanguage = (name: string): string | undefined => showControls(name).slice(0, 30) || undefined;
