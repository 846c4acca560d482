/** UTF-16 units of one answer that are shown as markdown; the rest waits for "Show all". */
export const MARKDOWN_LIMIT = 200_000;
/** Nested quotes, lists and emphasis beyond this are flattened. */
export const DEPTH_LIMIT = 24;
/** One block of prose beyond this stands as plain text: the parser is quadratic in delimiters. */
const BLOCK_LIMIT = 20_000;
const DELIMITERS_LIMIT = 1_500;
const CONTAINERS = /^(?:\s{0,3}(?:>|(?:[-*+]|\d{1,9}[.)])(?=\s)))+/;

/** True for a block that would cost too much, or nest too deep, to be parsed; it is then shown as plain text. */
export function isTooMuch(block: string): boolean {
    const isCode = /^ {0,3}(?:```|~~~)/.test(block);
    if (isCode) return block.length > MARKDOWN_LIMIT;
    if (block.length > BLOCK_LIMIT) return true;
    if ((block.match(/[*_~[\]!`<&|]/g)?.length ?? 0) > DELIMITERS_LIMIT) return true;
    return block.split("\n").some((line) => {
        const containers = CONTAINERS.exec(line)?.[0].match(/>|[-*+]|\d[.)]/g)?.length ?? 0;
        const indent = /^\s*/.exec(line)?.[0].length ?? 0;
        return containers + indent / 2 > DEPTH_LIMIT * 2 || containers > DEPTH_LIMIT;
    });
}
