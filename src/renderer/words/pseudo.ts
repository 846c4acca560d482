const accented: Record<string, string> = {
    a: "á",
    b: "ƀ",
    c: "ç",
    d: "đ",
    e: "é",
    g: "ğ",
    i: "í",
    l: "ł",
    n: "ñ",
    o: "ö",
    r: "ř",
    s: "š",
    t: "ţ",
    u: "ü",
    y: "ý",
    z: "ž",
    A: "Á",
    B: "Ɓ",
    C: "Ç",
    E: "É",
    I: "Í",
    N: "Ñ",
    O: "Ö",
    S: "Š",
    T: "Ţ",
    U: "Ü",
};

/** A text 40 % longer and accented, so that boxes too small and text not taken from the words are seen. */
export function pseudoText(text: string): string {
    const letters = [...text].map((letter) => accented[letter] ?? letter).join("");
    return letters.trim() === "" ? letters : `${letters} ${"~~~ ".repeat(Math.ceil((text.length * 0.4) / 4)).trim()}`;
}

/** The same words in the pseudo-locale; functions give pseudo text too. */
export function pseudo<Part>(words: Part): Part {
    if (typeof words === "string") return pseudoText(words) as Part;
    if (typeof words === "function")
        return ((...figures: unknown[]): unknown =>
            pseudo((words as unknown as (...figures: unknown[]) => unknown)(...figures))) as Part;
    if (typeof words === "object" && words !== null)
        return Object.fromEntries(Object.entries(words).map(([key, part]) => [key, pseudo<unknown>(part)])) as Part;
    return words;
}
