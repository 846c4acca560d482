/** Words of a text as the reader would count them, in any script. Markdown's signs are none. */
export function countWords(text: string): number {
    let words = 0;
    for (const part of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text))
        if (part.isWordLike) words++;
    return words;
}
