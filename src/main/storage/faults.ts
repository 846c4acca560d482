import { resultCode } from "./driver.ts";

const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_NOTADB = 26;
/** No room for the shared index of the log, which SQLite reports as an input fault (SQLITE_IOERR_SHMSIZE). */
const SHMSIZE = SQLITE_IOERR | (19 << 8);

/** A file that opens, but does not hold what Hearth wrote. */
export class DamagedDatabase extends Error {
    constructor() {
        super("the database is damaged");
        this.name = "DamagedDatabase";
    }
}

const systemCode = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);

export const isDamage = (error: unknown): boolean =>
    error instanceof DamagedDatabase || [SQLITE_CORRUPT, SQLITE_NOTADB].includes(resultCode(error) ?? 0);

export const isFull = (error: unknown): boolean =>
    ["ENOSPC", "EDQUOT"].includes(String(systemCode(error))) ||
    resultCode(error) === SQLITE_FULL ||
    (error instanceof Error && "errcode" in error && error.errcode === SHMSIZE);

export const isReadOnly = (error: unknown): boolean =>
    ["EROFS", "EACCES", "EPERM"].includes(String(systemCode(error))) || resultCode(error) === SQLITE_READONLY;
