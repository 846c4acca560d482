/** A name as hardware tells it, without control or direction characters, spaces folded, cut to a length (security.md T28). */
export const cleanName = (text: string): string =>
    text
        .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, " ")
        .replaceAll(/\((?:R|TM|C)\)/gi, "")
        .replaceAll(/\s+/g, " ")
        .trim()
        .slice(0, 120);
