import type { Gpu, Machine } from "../schema/machine.ts";
import type { Confidence, Known, Origin } from "../schema/origin.ts";

export const GiB = 2 ** 30;

export const known = <Value>(
    value: Value,
    origin: Origin = "published",
    confidence: Confidence = "high",
): Known<Value> => ({
    value,
    origin,
    confidence,
});

type Card = {
    name: string;
    backend: Gpu["backend"];
    totalGiB: number;
    freeGiB: number;
    bandwidth: number | null;
    deviceClass: string | null;
    isUnified?: boolean;
    drivesDisplay?: boolean;
};

type Description = {
    totalGiB: number;
    freeGiB: number;
    bandwidth: number | null;
    measuredBandwidth?: number;
    cpuClass: string | null;
    cores?: number;
    card?: Card;
};

export const cardOf = (card: Card): Gpu => ({
    name: known(card.name),
    backend: card.backend,
    totalBytes: known(card.totalGiB * GiB),
    freeBytes: known(card.freeGiB * GiB),
    isUnified: known(card.isUnified ?? false),
    drivesDisplay: known(card.drivesDisplay ?? false),
    bandwidthBytesPerSecond: card.bandwidth === null ? null : known(card.bandwidth),
    deviceId: null,
    deviceClass: card.deviceClass,
});

/** A machine described by published figures, for tests of the domain. */
export const describe = ({
    totalGiB,
    freeGiB,
    bandwidth,
    measuredBandwidth,
    cpuClass,
    cores = 8,
    card,
}: Description): Machine => ({
    schemaVersion: 1,
    kind: "described",
    title: "test",
    cpu: {
        name: known("A processor"),
        physicalCores: known(cores),
        logicalCores: known(cores * 2),
        instructionSets: known(["avx2"]),
        deviceClass: cpuClass,
        deviceId: null,
    },
    memory: {
        totalBytes: known(totalGiB * GiB),
        freeBytes: known(freeGiB * GiB),
        bandwidthBytesPerSecond: bandwidth === null ? null : known(bandwidth),
        measuredBandwidthBytesPerSecond: measuredBandwidth === undefined ? null : known(measuredBandwidth, "measured"),
    },
    gpus: card ? [cardOf(card)] : [],
    softwareGraphics: null,
    disk: { totalBytes: known(512 * GiB), freeBytes: known(100 * GiB), fileSystem: null },
    system: { platform: "linux", name: "Linux", version: "6", architecture: "x64" },
    battery: null,
    container: null,
    threads: known(cores),
    doubts: [],
    scannedAt: "2026-11-25T00:00:00.000Z",
    scanMilliseconds: 0,
});

export const rtx4090: Card = {
    name: "NVIDIA GeForce RTX 4090",
    backend: "cuda",
    totalGiB: 24,
    freeGiB: 23,
    bandwidth: 1008e9,
    deviceClass: "nvidia-ada",
};
export const rtx3060: Card = {
    name: "NVIDIA GeForce RTX 3060",
    backend: "cuda",
    totalGiB: 12,
    freeGiB: 11.2,
    bandwidth: 360e9,
    deviceClass: "nvidia-ampere",
    drivesDisplay: true,
};
export const appleM2: Card = {
    name: "Apple M2",
    backend: "metal",
    totalGiB: 11.8,
    freeGiB: 11.8,
    bandwidth: 100e9,
    deviceClass: "apple-m2",
    isUnified: true,
};

/** 8 GB laptop without graphics card, DDR4-3200 in two channels. */
export const laptop8 = describe({
    totalGiB: 7.7,
    freeGiB: 5.5,
    bandwidth: 51.2e9,
    cpuClass: "cpu-laptop-u-intel",
    cores: 4,
});
/** 32 GB desktop without a card, DDR5-5600 in two channels. */
export const desktop32 = describe({ totalGiB: 31, freeGiB: 22, bandwidth: 89.6e9, cpuClass: "cpu-desktop-amd" });
export const desktop3060 = describe({
    totalGiB: 31,
    freeGiB: 22,
    bandwidth: 89.6e9,
    cpuClass: "cpu-desktop-amd",
    card: rtx3060,
});
export const macM2 = describe({ totalGiB: 16, freeGiB: 11, bandwidth: 100e9, cpuClass: "cpu-apple", card: appleM2 });
