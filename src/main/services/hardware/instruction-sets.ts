import { readFile } from "node:fs/promises";
import si from "systeminformation";

/** What matters to the engine's speed, under one name each: x86 as /proc/cpuinfo says it, ARM by its usual name. */
const WANTED = new Map([
    ["sse4_2", "sse4_2"],
    ["avx", "avx"],
    ["avx1.0", "avx"],
    ["avx2", "avx2"],
    ["fma", "fma"],
    ["f16c", "f16c"],
    ["avx512f", "avx512f"],
    ["avx512_vnni", "avx512_vnni"],
    ["avx_vnni", "avx_vnni"],
    ["amx_int8", "amx_int8"],
    ["neon", "neon"],
    ["asimd", "neon"],
    ["asimddp", "dotprod"],
    ["i8mm", "i8mm"],
    ["sve", "sve"],
]);

/** Instruction sets in a list of flags, in the order of WANTED, none twice. */
export function pickInstructionSets(flags: string): string[] {
    const found = new Set(flags.toLowerCase().split(/\s+/));
    return [...new Set([...WANTED].filter(([flag]) => found.has(flag)).map(([, name]) => name))];
}

/** The flags of the first processor in /proc/cpuinfo: "flags" on x86, "Features" on ARM. */
export const flagsOfCpuinfo = (text: string): string => /^(?:flags|Features)\s*:\s*(.*)$/m.exec(text)?.[1] ?? "";

/** Instruction sets of this processor; empty where the system does not tell (Windows lists no AVX). */
export async function readInstructionSets(): Promise<string[]> {
    const flags =
        process.platform === "linux" ? flagsOfCpuinfo(await readFile("/proc/cpuinfo", "utf8")) : await si.cpuFlags();
    const sets = pickInstructionSets(flags);
    // Every 64-bit ARM processor has it; macOS does not list it.
    return process.arch === "arm64" && !sets.includes("neon") ? ["neon", ...sets] : sets;
}
