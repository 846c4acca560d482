import type { Device } from "#shared/schema/device.ts";
import type { Known } from "#shared/schema/origin.ts";
import { known } from "./known.ts";

export type MemoryModules = { count: number; megatransfersPerSecond: number };

/** Channels of 64 bits: four modules on a desktop are still two channels (hardware/README.md section 1.7). */
const DESKTOP_CHANNELS = 2;
const SERVER_CHANNELS = 12;
const BYTES_PER_TRANSFER = 8;

/**
 * Peak bytes a second of main memory: megatransfers × 8 bytes × channels where the modules tell their speed, else the
 * table's fastest official memory for this processor, an upper bound; null: neither is known.
 */
export function findMemoryBandwidth(modules: MemoryModules | null, processor: Device | null): Known<number> | null {
    const official = processor?.bandwidthBytesPerSecond ?? null;
    // On Apple's chips the memory is a part of the chip: the table knows its width, the modules do not.
    const isSoldered = processor?.class === "cpu-apple" || processor?.kind === "apple" || processor?.kind === "apu";
    if (modules && !isSoldered) {
        const most = processor?.class === "cpu-server" ? SERVER_CHANNELS : DESKTOP_CHANNELS;
        const peak = modules.megatransfersPerSecond * 1e6 * BYTES_PER_TRANSFER * Math.min(most, modules.count);
        const bytesPerSecond = processor?.class === "cpu-server" && official !== null ? Math.min(peak, official) : peak;
        return known(bytesPerSecond, "read", "medium", "speed of the memory modules");
    }
    return official === null
        ? null
        : known(
              official,
              "published",
              "medium",
              `${processor?.name}: the fastest official memory, ${processor?.source}`,
          );
}
