type Fence = { marker: string; length: number };

/** Texts with definitions up to this length (UTF-16 units) stay one block, since any part may refer to them. */
const JOINED_LIMIT = 20_000;
/** A list longer than this is cut between its items; every item more would else be parsed with all before it. */
const LIST_LIMIT = 3_000;
const DEFINITION = /^ {0,3}\[[^\]\n]+\]:/m;
const LIST_ITEM = /^([-*+]|\d{1,9}[.)])(?:\s|$)/;

/** True for a text whose parts may refer to each other, and which is short enough to stay whole. */
export const isJoined = (text: string): boolean => text.length <= JOINED_LIMIT && DEFINITION.test(text);

/**
 * Splits markdown at the blank lines between top-level blocks, so that a growing answer parses only its last part
 * again. The parts joined are the text. Fenced code and texts with definitions are never cut, lists only where long.
 */
export function splitBlocks(text: string): string[] {
    if (isJoined(text)) return [text];
    const blocks: string[] = [];
    let blockStart = 0;
    let lastItem = "";
    let isAfterBlank = false;
    let isInList = false;
    for (let position = 0; position < text.length;) {
        const newline = text.indexOf("\n", position);
        const line = text.slice(position, newline === -1 ? text.length : newline);
        const isItem = LIST_ITEM.test(line);
        const isBlank = line.trim() === "";
        const isListTooLong = isInList && position - blockStart > LIST_LIMIT && goesOn(line, lastItem);
        if ((isAfterBlank && !isBlank && !/^\s/.test(line) && !(isInList && isItem)) || isListTooLong) {
            if (position > blockStart) blocks.push(text.slice(blockStart, position));
            blockStart = position;
            isInList = false;
        }
        isInList ||= isItem;
        if (isItem) lastItem = line;
        position = newline === -1 ? text.length : newline + 1;
        const fence = opens(line, isInList);
        if (fence) position = endOfFence(text, position, fence);
        isAfterBlank = isBlank;
    }
    if (blockStart < text.length) blocks.push(text.slice(blockStart));
    return blocks;
}

function opens(line: string, isInList: boolean): Fence | undefined {
    const found = (isInList ? /^\s*(`{3,}|~{3,})(.*)$/ : /^ {0,3}(`{3,}|~{3,})(.*)$/).exec(line);
    const run = found?.[1];
    if (!run || (run.startsWith("`") && found[2]?.includes("`"))) return undefined;
    return { marker: run.charAt(0), length: run.length };
}

/** Where the line after the closing one begins; the end of the text where nothing closes it yet. */
function endOfFence(text: string, position: number, { marker, length }: Fence): number {
    const closing = new RegExp(`^[^\\S\n]*${marker}{${length},}[^\\S\n]*$`, "gm");
    closing.lastIndex = position;
    if (!closing.exec(text)) return text.length;
    const newline = text.indexOf("\n", closing.lastIndex);
    return newline === -1 ? text.length : newline + 1;
}

/** True for an item that begins a list of its own and still looks as if it went on: the same bullet, or the next number. */
function goesOn(line: string, before: string): boolean {
    const [marker, last] = [LIST_ITEM.exec(line)?.[1], LIST_ITEM.exec(before)?.[1]];
    if (!marker || !last) return false;
    return /\d/.test(marker) ? Number.parseInt(marker) === Number.parseInt(last) + 1 : marker === last;
}
