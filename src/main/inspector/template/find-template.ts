import { openFileSource } from "../byte-source.ts";
import { isLongText, type Metadata } from "../metadata.ts";
import { parseHeader } from "../parse-header.ts";

/** What of a header decides how a conversation is laid out. */
export type TemplateFacts = {
    /** The file's chat template; null: it has none; "too-long": it has something that is none. */
    template: string | null | "too-long";
    architecture: string;
    /** The model's name and its base model's, as its author wrote them. */
    names: { name: string | null; basename: string | null; baseName: string | null };
};

const KEY = "tokenizer.chat_template";
/** The longest published template we know of, gpt-oss's, has about 17 kB. */
const MOST_TEMPLATE_BYTES = 256 * 1024;

/** Reads a file's header for its chat template. Throws Refusal, or an Error where the file cannot be read. */
export async function findTemplate(filePath: string): Promise<TemplateFacts> {
    const source = await openFileSource(filePath);
    if ("fault" in source) throw new Error(source.detail);
    try {
        const { metadata } = await parseHeader(source);
        const value = metadata.get(KEY);
        let template: TemplateFacts["template"] = null;
        if (typeof value === "string") template = value;
        if (isLongText(value))
            template =
                value.lengthBytes > MOST_TEMPLATE_BYTES
                    ? "too-long"
                    : new TextDecoder().decode(await source.read(value.offsetBytes, value.lengthBytes));
        return {
            template: template?.trim() === "" ? null : template,
            architecture: textOf(metadata, "general.architecture") ?? "",
            names: {
                name: textOf(metadata, "general.name"),
                basename: textOf(metadata, "general.basename"),
                baseName: textOf(metadata, "general.base_model.0.name"),
            },
        };
    } finally {
        await source.close();
    }
}

function textOf(metadata: Metadata, key: string): string | null {
    const value = metadata.get(key);
    return typeof value === "string" ? value : null;
}
