import { openFileSource } from "../byte-source.ts";
import { isLongText, type Metadata } from "../metadata.ts";
import { parseHeader } from "../parse-header.ts";

/** What of a header decides how a conversation is laid out. */
export type TemplateFacts = {
    /** The file's chat template, or its beginning where it is too long to be one; null: it has none. */
    template: { text: string; isWhole: boolean } | null;
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
        let text = typeof value === "string" ? value : "";
        const isWhole = !isLongText(value) || value.lengthBytes <= MOST_TEMPLATE_BYTES;
        if (isLongText(value)) {
            const length = Math.min(value.lengthBytes, MOST_TEMPLATE_BYTES);
            text = new TextDecoder().decode(await source.read(value.offsetBytes, length));
        }
        return {
            template: text.trim() === "" ? null : { text, isWhole },
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
