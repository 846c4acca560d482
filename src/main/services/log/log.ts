import { accessSync, constants, mkdirSync, renameSync } from "node:fs";
import path from "node:path";
import electronLog from "electron-log/node.js";

/** Event and fields, never prompts, answers, file contents or names from a home folder. */
export type Log = {
    info(event: string, fields?: Record<string, string | number | boolean | null>): void;
    warn(event: string, fields?: Record<string, string | number | boolean | null>): void;
};

/** hearth.log and hearth.1.log (newer) to hearth.4.log (older). */
const FILES = 5;
/** 4 MiB a file with the line that crosses the bound: 20 MiB in all (bar B43). */
const MOST_BYTES = 4 * 2 ** 20 - 2 ** 17;

/** A rotating log in a folder of the profile (five files of 4 MiB). It is never sent anywhere. */
export function createLog({ folder }: { folder: string }): Log {
    const logger = electronLog.create({ logId: folder });
    logger.transports.console.level = false;
    // Said by what keeps the chats, in a sentence; the library would print its own lines for each event.
    if (!canWrite(folder)) logger.transports.file.level = false;
    logger.transports.file.resolvePathFn = () => path.join(folder, "hearth.log");
    logger.transports.file.maxSize = MOST_BYTES;
    logger.transports.file.archiveLogFn = () => rotate(folder);
    logger.transports.file.writeOptions = { flag: "a", mode: 0o600, encoding: "utf8" };
    const line = (event: string, fields: object | undefined) => (fields ? `${event} ${JSON.stringify(fields)}` : event);
    return {
        info: (event, fields) => logger.info(line(event, fields)),
        warn: (event, fields) => logger.warn(line(event, fields)),
    };
}

function canWrite(folder: string): boolean {
    try {
        mkdirSync(folder, { mode: 0o700 });
        return true;
    } catch {
        // It is there already, or cannot be.
    }
    try {
        accessSync(folder, constants.W_OK);
        return true;
    } catch {
        return false;
    }
}

/** Each file takes the place of the next older one; the oldest goes. */
function rotate(folder: string): void {
    for (let number = FILES - 1; number > 0; number--) {
        const newer = number === 1 ? "hearth.log" : `hearth.${number - 1}.log`;
        try {
            renameSync(path.join(folder, newer), path.join(folder, `hearth.${number}.log`));
        } catch {
            // Not there yet, or a disk that takes no change.
        }
    }
}
