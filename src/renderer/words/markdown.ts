import { inLocale } from "./in-locale.ts";

/** Words around a model's text; the text itself is never ours. */
export const markdownWords = inLocale({
    /** In place of a picture, which is never fetched. Within a line. */
    picture: (description: string) => (description ? `Picture: ${description}` : "Picture"),
    copyCode: "Copy code",
    copied: "Copied",
    notCopied: "Not copied. Select it and press Ctrl C.",
    code: (language: string | undefined) => (language ? `Code, ${language}` : "Code"),
    table: "Table",
    done: "Done",
    notDone: "Not done",
    /** Above the address, in the small dialog before a link is opened. */
    leaving: "This link leaves Hearth",
    leavingWhy: "A model wrote it. Check that it leads where you want to go.",
    host: "Leads to",
    address: "Whole address",
    copyAddress: "Copy address",
    open: "Open in the browser",
    showAll: (thousands: number) => `This answer is very long. Show all ${thousands},000 characters as plain text`,
});
