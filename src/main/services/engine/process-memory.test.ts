import { expect, it } from "vitest";
import { parseProcessStatus, readProcessMemory } from "./process-memory.ts";

const status = `Name:	node
VmRSS:	 5300000 kB
RssAnon:	 1000000 kB
RssFile:	 4200000 kB
RssShmem:	  100000 kB
Threads:	12
`;

it("tells the pages of mapped files from what only the end of the process gives back", () => {
    expect(parseProcessStatus(status)).toEqual({ residentBytes: 5_300_000 * 1024, privateBytes: 1_100_000 * 1024 });
});

it("knows nothing of a process that has ended", () => {
    expect(parseProcessStatus("Name:	node\nState:	Z (zombie)\n")).toBeNull();
    expect(readProcessMemory(undefined)).toBeNull();
});

it.runIf(process.platform === "linux")("reads this process", () => {
    const memory = readProcessMemory(process.pid);
    expect(memory?.privateBytes).toBeGreaterThan(2 ** 20);
    expect(memory?.residentBytes).toBeGreaterThan(memory?.privateBytes ?? Infinity);
});
