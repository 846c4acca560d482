import type { Inspection } from "#shared/schema/inspection.ts";

/** The inspector process as services see it: started when first needed, ended when it is late, started again. */
export type Inspector = {
    /** Reads the header of a file. At most 2,000 milliseconds; a dead or late inspector gives `too-slow`. */
    inspect(filePath: string, options?: { signal?: AbortSignal }): Promise<Inspection>;
    close(): void;
};
