import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";

/** Size and time of change: what of a file changes when anything but us writes to it. */
function stampOf(file: string): string {
    const { size, mtimeMs } = statSync(file);
    return `${size} ${mtimeMs}`;
}

const markOf = (file: string): string => `${file}.clean`;

/**
 * True where the file is as a Hearth that ended in order left it: no log beside it, size and time as noted. The mark is
 * taken away: whoever ends without order leaves none, and the next start checks the whole file.
 */
export function takeCleanMark(file: string): boolean {
    const mark = markOf(file);
    try {
        const noted = readFileSync(mark, "utf8");
        rmSync(mark);
        return noted === stampOf(file) && !existsSync(`${file}-wal`);
    } catch {
        return false;
    }
}

/** After the last write, when the file is closed. A disk that refuses it costs one check at the next start. */
export function leaveCleanMark(file: string): void {
    try {
        if (!existsSync(`${file}-wal`)) writeFileSync(markOf(file), stampOf(file), { mode: 0o600 });
    } catch {
        rmSync(markOf(file), { force: true });
    }
}
