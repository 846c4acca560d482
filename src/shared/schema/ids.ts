import { z } from "zod";

/** Text that names one thing for ever. Branded, because all of these are strings and must not be swapped. */
const id = <Brand extends string>() =>
    z
        .string()
        .min(1)
        .max(128)
        .regex(/^[A-Za-z0-9._:-]+$/)
        .brand<Brand>();

export const ChatId = id<"ChatId">();
export type ChatId = z.infer<typeof ChatId>;
export const MessageId = id<"MessageId">();
export type MessageId = z.infer<typeof MessageId>;
/** A model of the catalog (`qwen3.5-2b`), the starter (`starter`), or a file on this computer (`file:` and a hash of its place). */
export const ModelId = id<"ModelId">();
export type ModelId = z.infer<typeof ModelId>;
/** Stands for a file or folder under a granted root. The window never sees or sends a path. */
export const BrowseHandle = id<"BrowseHandle">();
export type BrowseHandle = z.infer<typeof BrowseHandle>;
