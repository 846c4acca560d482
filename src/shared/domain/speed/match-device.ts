import type { Device } from "../../schema/device.ts";

/** Names as drivers write them, without trade marks, drivers' parentheses and doubled spaces. */
export const normalizeName = (name: string): string =>
    name
        .replaceAll(/\((?:R|TM|C)\)/gi, "")
        .replaceAll(/\((?:RADV|ACO|LLVM|Mesa)[^)]*\)/gi, "")
        .replaceAll(/\s+/g, " ")
        .trim();

/**
 * The row of the device table that a reported name means; null: none. Rows that share a pattern are told apart by memory
 * size; where that says nothing the slowest is taken, so that no speed is promised that is not there.
 */
export function matchDevice(
    devices: readonly Device[],
    name: string,
    kinds: readonly Device["kind"][],
    memoryBytes: number | null,
): Device | null {
    const plain = normalizeName(name);
    const rows = devices.filter((device) => kinds.includes(device.kind) && new RegExp(device.match, "i").test(plain));
    if (rows.length <= 1) return rows[0] ?? null;
    const distance = (device: Device): number =>
        memoryBytes === null
            ? 0
            : Math.min(
                  ...device.memoryBytesOptions.map((option) => Math.abs(option - memoryBytes)),
                  Number.MAX_SAFE_INTEGER,
              );
    const bandwidth = (device: Device): number => device.bandwidthBytesPerSecond ?? 0;
    return rows.toSorted((a, b) => distance(a) - distance(b) || bandwidth(a) - bandwidth(b))[0] ?? null;
}
