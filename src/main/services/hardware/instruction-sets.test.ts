import { describe, expect, it } from "vitest";
import { flagsOfCpuinfo, pickInstructionSets, readInstructionSets } from "./instruction-sets.ts";

const x86 = `processor\t: 0
model name\t: Intel(R) Core(TM) i5-2500 CPU @ 3.30GHz
flags\t\t: fpu vme sse sse2 ssse3 sse4_1 sse4_2 popcnt aes xsave avx lahf_lm
processor\t: 1
flags\t\t: fpu avx2
`;
const arm = `processor\t: 0
BogoMIPS\t: 108.00
Features\t: fp asimd evtstrm aes crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp i8mm
`;

describe("instruction sets", () => {
    it("reads the first processor of /proc/cpuinfo on x86", () =>
        expect(pickInstructionSets(flagsOfCpuinfo(x86))).toEqual(["sse4_2", "avx"]));
    it("names ARM's by their usual names", () =>
        expect(pickInstructionSets(flagsOfCpuinfo(arm))).toEqual(["neon", "dotprod", "i8mm"]));
    it("takes macOS' capital letters and AVX1.0", () =>
        expect(pickInstructionSets("FPU SSE4_2 AVX1.0 AVX2 F16C")).toEqual(["sse4_2", "avx", "avx2", "f16c"]));
    it.each(["", "garbage", "flags : ", "flags"])("finds none in %j", (text) =>
        expect(pickInstructionSets(flagsOfCpuinfo(text))).toEqual([]),
    );
    it("finds some on this computer", async () => expect(await readInstructionSets()).not.toEqual([]));
});
