import type { Device } from "../../schema/device.ts";

/** What tells rows of one name apart; null or missing: not known. */
export type DeviceHints = { gpuCores?: number | null };

/** Names as drivers write them, without trade marks, drivers' parentheses and doubled spaces. */
export const normalizeName = (name: string): string =>
    name
        .replaceAll(/\((?:R|TM|C)\)/gi, "")
        .replaceAll(/\((?:RADV|ACO|LLVM|Mesa)[^)]*\)/gi, "")
        .replaceAll(/\s+/g, " ")
        .trim();

/** A row whose pattern cannot be read matches nothing; the table's own test finds it. */
function patternMatches(pattern: string, names: readonly string[]): boolean {
    try {
        const expression = new RegExp(pattern, "i");
        return names.some((name) => expression.test(name));
    } catch {
        return false;
    }
}

/**
 * The row of the device table that a reported name means; null: none (hardware/README.md section 1). Rows that share a
 * pattern are told apart by graphics cores, then by memory size; where that says nothing the slowest is taken, so that no
 * speed is promised that is not there.
 */
export function matchDevice(
    devices: readonly Device[],
    name: string,
    kinds: readonly Device["kind"][],
    memoryBytes: number | null,
    { gpuCores = null }: DeviceHints = {},
): Device | null {
    // Some patterns name the driver ("RENOIR") that normalising drops.
    const names = [normalizeName(name), name.slice(0, 300)];
    const rows = devices.filter((device) => kinds.includes(device.kind) && patternMatches(device.match, names));
    if (rows.length <= 1) return rows[0] ?? null;
    const coreDistance = ({ gpuCores: cores }: Device): number =>
        gpuCores === null || !cores ? 0 : Math.abs(cores - gpuCores);
    const memoryDistance = ({ memoryBytesOptions }: Device): number =>
        memoryBytes === null || memoryBytesOptions.length === 0
            ? 0
            : Math.min(...memoryBytesOptions.map((option) => Math.abs(option - memoryBytes)));
    const bandwidth = (device: Device): number => device.bandwidthBytesPerSecond ?? 0;
    return (
        rows.toSorted(
            (a, b) =>
                coreDistance(a) - coreDistance(b) ||
                memoryDistance(a) - memoryDistance(b) ||
                bandwidth(a) - bandwidth(b),
        )[0] ?? null
    );
}
