import { isJoined, splitBlocks } from "./markdown-blocks.ts";

/** Characters and blocks of one group: small enough to be parsed within a frame, few enough of them for a long answer. */
const GROUP_CHARACTERS = 3_000;
const GROUP_BLOCKS = 100;
/** What more text may still change: a blank line can join a list to the block before it. */
const UNSETTLED_BLOCKS = 2;

/** Characters of a group. */
export const lengthOf = (blocks: readonly string[]): number => blocks.reduce((sum, block) => sum + block.length, 0);

/**
 * Splits an answer that grows into groups of blocks. Settled groups keep their identity, and only the last blocks are
 * read again, so that a long answer costs per word what a short one does. The blocks joined are the text.
 */
export function createGroups(): (text: string) => string[][] {
    let known = "";
    let groups: string[][] = [];
    return (text) => {
        if (text === known) return groups;
        const settled = text.startsWith(known) && !isJoined(text) ? settledOf(groups) : [];
        const blocks = splitBlocks(text.slice(settled.reduce((sum, group) => sum + lengthOf(group), 0)));
        known = text;
        groups = addTo(settled, blocks);
        return groups;
    };
}

function settledOf(groups: string[][]): string[][] {
    const settled = [...groups];
    let open = UNSETTLED_BLOCKS;
    while (open > 0) {
        const last = settled.pop();
        if (!last) break;
        if (last.length > open) settled.push(last.slice(0, -open));
        open -= last.length;
    }
    return settled;
}

/** Fills up a last group that has room; those before it stay the very arrays they are. */
function addTo(settled: string[][], blocks: string[]): string[][] {
    const groups = [...settled];
    let last = groups.pop() ?? [];
    let isCopied = false;
    let length = lengthOf(last);
    for (const block of blocks) {
        if (last.length > 0 && (length + block.length > GROUP_CHARACTERS || last.length >= GROUP_BLOCKS)) {
            groups.push(last);
            last = [];
            isCopied = true;
            length = 0;
        }
        if (!isCopied) last = [...last];
        isCopied = true;
        last.push(block);
        length += block.length;
    }
    if (last.length > 0) groups.push(last);
    return groups;
}
