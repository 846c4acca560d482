import { matchDevice } from "#shared/domain/speed/match-device.ts";
import type { Device } from "#shared/schema/device.ts";

/** The row of a processor; a chip that has none of its own among processors is known by its graphics (M1, Ryzen AI Max). */
export const findProcessor = (devices: readonly Device[], name: string, memoryBytes: number | null): Device | null =>
    matchDevice(devices, name, ["cpu"], memoryBytes) ?? matchDevice(devices, name, ["apple", "apu"], memoryBytes);
