import type { Corrections, Machine, MemoryNow } from "#shared/schema/machine.ts";

/** This computer (or a described one), with the reader's corrections in place. */
export type Hardware = {
    /** Cached unless fresh; at most 2,000 milliseconds. */
    scan(options: { fresh: boolean }): Promise<Machine>;
    /** Free memory right now, within the container's limit. */
    readMemoryNow(): Promise<MemoryNow>;
    correct(corrections: Corrections): Promise<Machine>;
    /** Called whenever a probe or a correction changed the machine. Returns the way to stop. */
    subscribe(listener: (machine: Machine) => void): () => void;
    close(): void;
};
