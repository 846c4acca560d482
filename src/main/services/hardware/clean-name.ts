/** Text as hardware or a machine file tells it, without control or direction characters, cut to a length (security.md T28). */
export const cleanText = (text: string, limit = 300): string =>
    text
        .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, " ")
        .replaceAll(/\s+/g, " ")
        .trim()
        .slice(0, limit);

/** A device's name without trade marks. */
export const cleanName = (text: string): string =>
    cleanText(text.replaceAll(/\((?:R|TM|C)\)|[®™©]/gi, " ").replaceAll(/ +(?= )/g, ""), 120);
