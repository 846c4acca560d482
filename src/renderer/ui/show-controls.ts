// C0 without tab and line feed, C1, soft hyphen, Arabic letter mark, zero-width space, direction marks, overrides and
// isolates, word joiner and invisible operators, byte order mark, interlinear marks, and the tag block. ZWJ and ZWNJ
// stay: emoji and Persian need them.
const HIDDEN =
    // oxlint-disable-next-line no-control-regex -- finding control characters is the point
    /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]/gu;

/** A stranger's text with its invisible and direction-changing characters written out, such as ‹U+202E›. */
export function showControls(text: string): string {
    return text
        .replaceAll("\r\n", "\n")
        .replace(HIDDEN, (hidden) => `‹U+${(hidden.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}›`);
}
