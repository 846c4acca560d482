import type { SpecializedChatWrapperTypeName } from "node-llama-cpp";

/**
 * Marks that only one family's prompts have, by what each family's model card shows as its format. The text of a template
 * is searched for them; nothing of it runs.
 */
const families: readonly (readonly [format: SpecializedChatWrapperTypeName, ...marks: string[]])[] = [
    ["seed", "<seed:bos>"],
    ["harmony", "<|start|>", "<|channel|>"],
    ["gemma4", "<|turn>"],
    ["gemma", "<start_of_turn>"],
    ["llama3", "<|start_header_id|>"],
    ["deepSeek", "<\uff5cUser\uff5c>"],
    ["chatML", "<|im_start|>"],
    ["llama2Chat", "[INST]", "<<SYS>>"],
    ["mistral", "[INST]"],
];

/** The family a template speaks for, or null. */
export const findFamily = (template: string): SpecializedChatWrapperTypeName | null =>
    families.find(([, ...marks]) => marks.every((mark) => template.includes(mark)))?.[0] ?? null;
