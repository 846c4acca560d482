type Fence = { marker: string; length: number };

/** Texts with definitions up to this length (UTF-16 units) stay one block, since any part may refer to them. */
const JOINED_LIMIT = 20_000;
const DEFINITION = /^ {0,3}\[[^\]\n]+\]:/m;
const LIST_ITEM = /^(?:[-*+]|\d{1,9}[.)])(?:\s|$)/;

/**
 * Splits markdown at the blank lines between top-level blocks, so that a growing answer parses only its last part
 * again. The parts joined are the text. Lists, fenced code and texts with definitions are never cut.
 */
export function splitBlocks(text: string): string[] {
    if (text.length <= JOINED_LIMIT && DEFINITION.test(text)) return [text];
    const blocks: string[] = [];
    let blockStart = 0;
    let fence: Fence | undefined;
    let isAfterBlank = false;
    let isInList = false;
    for (let position = 0; position < text.length;) {
        const newline = text.indexOf("\n", position);
        const line = text.slice(position, newline === -1 ? text.length : newline);
        if (fence) {
            if (closes(line, fence)) fence = undefined;
            isAfterBlank = false;
        } else {
            const isItem = LIST_ITEM.test(line);
            const isBlank = line.trim() === "";
            if (isAfterBlank && !isBlank && !/^\s/.test(line) && !(isInList && isItem)) {
                if (position > blockStart) blocks.push(text.slice(blockStart, position));
                blockStart = position;
                isInList = false;
            }
            isInList ||= isItem;
            fence = opens(line, isInList);
            isAfterBlank = isBlank;
        }
        position = newline === -1 ? text.length : newline + 1;
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

function closes(line: string, fence: Fence): boolean {
    const run = line.trim();
    return run.length >= fence.length && run === fence.marker.repeat(run.length);
}
