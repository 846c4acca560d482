const GiB = 2 ** 30;
const MiB = 2 ** 20;

/** One decimal below 10, none above, and no ".0". */
const figure = (value: number, locale: string): string =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: value < 9.95 ? 1 : 0 }).format(value);

/** Memory in chips, counted in GiB and written GB as boxes and systems do: "12 GB", "0.6 GB", "350 MB". */
export function formatMemory(bytes: number, locale: string): string {
    if (bytes < 0.1 * GiB) return `${figure(Math.round(bytes / MiB), locale)}\u00a0MB`;
    return `${figure(bytes / GiB, locale)}\u00a0GB`;
}

/** Memory in sums and on rulers: GiB with one decimal. */
export const formatGibibytes = (bytes: number, locale: string): string =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(bytes / GiB);

/** Files, disks and downloads, decimal: "7.1 GB", "22 GB", "140 MB". */
export function formatFileSize(bytes: number, locale: string): string {
    // Judged as it will be written: 999.7 MB is "1 GB", not "1,000 MB".
    if (bytes >= 999.5e6) return `${figure(bytes / 1e9, locale)}\u00a0GB`;
    if (bytes >= 999.5e3)
        return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(bytes / 1e6)}\u00a0MB`;
    return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(Math.ceil(bytes / 1e3))}\u00a0kB`;
}

/** Bandwidth, decimal: "38 GB". The sentence says "a second". */
export const formatBandwidth = (bytesPerSecond: number, locale: string): string =>
    formatFileSize(bytesPerSecond, locale);

/**
 * Tenths of GiB that add up to the rounded total, by largest remainder, so that parts on a bar never contradict their sum.
 */
export function roundParts(parts: readonly number[]): { totalTenths: number; partTenths: number[] } {
    const exact = parts.map((bytes) => (bytes / GiB) * 10);
    const totalTenths = Math.round(exact.reduce((sum, tenths) => sum + tenths, 0));
    const partTenths = exact.map(Math.floor);
    const missing = totalTenths - partTenths.reduce((sum, tenths) => sum + tenths, 0);
    const order = exact
        .map((tenths, index) => ({ index, rest: tenths - Math.floor(tenths) }))
        .toSorted((a, b) => b.rest - a.rest);
    for (const { index } of order.slice(0, Math.max(0, missing))) partTenths[index] = (partTenths[index] ?? 0) + 1;
    return { totalTenths, partTenths };
}
