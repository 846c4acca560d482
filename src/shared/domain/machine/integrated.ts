const GiB = 2 ** 30;

/** Names of graphics that are a part of the processor, where no table row says so. */
const integrated =
    /radeon(\(tm\))?( vega \d+)? graphics|vega \d+ graphics|\b(uhd|hd|iris)\b.*\bgraphics|iris xe|radeon \d{3}m\b/i;

export const soundsIntegrated = (name: string): boolean => integrated.test(name);

/**
 * True where graphics memory may be a part of main memory although the backend does not say so: less than any card sold
 * today has, or integrated graphics with the little that the firmware set aside for them.
 */
export const mayShareMemory = ({
    name,
    totalBytes,
    isDiscrete,
}: {
    name: string;
    totalBytes: number;
    /** A table row says that it is a card of its own. */
    isDiscrete: boolean;
}): boolean => !isDiscrete && (totalBytes < GiB || (soundsIntegrated(name) && totalBytes < 4 * GiB));
