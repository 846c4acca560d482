import path from "node:path";
import electronLog from "electron-log/node.js";

/** Event and fields, never prompts, answers, file contents or names from a home folder. */
export type Log = {
    info(event: string, fields?: Record<string, string | number | boolean | null>): void;
    warn(event: string, fields?: Record<string, string | number | boolean | null>): void;
};

const MOST_BYTES = 4 * 2 ** 20;

/** A rotating log in a folder of the profile (two files of 4 MiB). It is never sent anywhere. */
export function createLog({ folder }: { folder: string }): Log {
    const logger = electronLog.create({ logId: folder });
    logger.transports.console.level = false;
    logger.transports.file.resolvePathFn = () => path.join(folder, "hearth.log");
    logger.transports.file.maxSize = MOST_BYTES;
    logger.transports.file.writeOptions = { flag: "a", mode: 0o600, encoding: "utf8" };
    const line = (event: string, fields: object | undefined) => (fields ? `${event} ${JSON.stringify(fields)}` : event);
    return {
        info: (event, fields) => logger.info(line(event, fields)),
        warn: (event, fields) => logger.warn(line(event, fields)),
    };
}
