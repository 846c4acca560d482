import { z } from "zod";
import { Turn } from "./chat.ts";

/** Text for the tokenizer: a plain string never yields special tokens, the other two parts do. */
export const PromptText = z.union([
    z.string(),
    z.array(
        z.union([
            z.string(),
            z.object({ type: z.literal("specialTokensText"), value: z.string() }),
            z.object({ type: z.literal("specialToken"), value: z.string() }),
        ]),
    ),
]);
export type PromptText = z.infer<typeof PromptText>;

/** How a model marks its thoughts, as its chat template tells. */
export const ThoughtMarks = z.object({
    /** `openedOnStart`: the prompt has opened them already. */
    prefix: z.union([PromptText, z.object({ type: z.literal("openedOnStart") })]),
    suffix: PromptText.nullable(),
    openOnResponseStart: z.boolean(),
});
export type ThoughtMarks = z.infer<typeof ThoughtMarks>;

/**
 * What the engine is asked to continue. `known`: the turns, laid out by one of the library's own formats, which is no
 * program. `rendered`: what a file's chat template made of the turns, elsewhere; the engine never sees the template.
 */
export const Prompt = z.discriminatedUnion("kind", [
    z.object({
        kind: z.literal("known"),
        format: z.string().max(40),
        options: z.record(z.string(), z.json()),
        turns: z.array(Turn).min(1),
    }),
    z.object({
        kind: z.literal("rendered"),
        text: PromptText,
        stopTriggers: z.array(PromptText),
        ignoreStartText: z.array(PromptText),
        thought: ThoughtMarks.nullable(),
    }),
]);
export type Prompt = z.infer<typeof Prompt>;

/** Why a file's own chat template is not used. */
export const TemplateProblem = z.enum([
    /** It stopped with an error of its own. */
    "error",
    /** It ran over its time, or asked for more memory than it may have, or ended the process it ran in. */
    "too-slow",
    "too-much-memory",
    "crashed",
    /** The template itself, or what it wrote, is too long to be one. */
    "too-long",
]);
export type TemplateProblem = z.infer<typeof TemplateProblem>;

/** Which chat template lays out the conversation. */
export const TemplateUse = z.object({
    /** `file`: the model's own, or one that does the same. `known`: that of its family. `none`: the file has none. */
    source: z.enum(["file", "known", "none"]),
    /** Name of the format, as its family is known ("ChatML"); "Jinja" for a template of its own. */
    name: z.string().max(60),
    /** Why the file's own is not used; null where it is, or where there is none. */
    problem: TemplateProblem.nullable(),
});
export type TemplateUse = z.infer<typeof TemplateUse>;
