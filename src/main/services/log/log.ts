/** Event and fields, never prompts, answers, file contents or names from a home folder. */
export type Log = {
    info(event: string, fields?: Record<string, string | number | boolean | null>): void;
    warn(event: string, fields?: Record<string, string | number | boolean | null>): void;
};
