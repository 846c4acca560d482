import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { Machine } from "#shared/schema/machine.ts";
import { loadMachineFile } from "../services/hardware/machine-file.ts";
import { machinesFolder } from "../services/hardware/scan.fixtures.ts";
import { scanCommand } from "./scan.ts";

const load = (name: string) => loadMachineFile(path.join(machinesFolder, name));

async function scan(machine: Machine, ...args: string[]): Promise<string[]> {
    const lines: string[] = [];
    const hardware = { scan: () => Promise.resolve(machine) };
    expect(await scanCommand(args, { hardware, write: (line) => void lines.push(line) })).toBe(0);
    return lines;
}

const text = async (file: string) => (await scan(await load(file))).join("\n");

describe("hearth scan", () => {
    it.each(readdirSync(machinesFolder))(
        "says of %s that it is not this computer, and how each fact is known",
        async (file) => {
            const lines = await scan(await load(file));
            expect(lines[0]).toMatch(/^Described machine, not this computer: /);
            for (const line of lines.filter((one) => /^(Processor|Memory|Graphics memory|Disk): /.test(one)))
                expect(line).toMatch(/\((published|estimated)/);
            expect(lines.join("\n")).not.toMatch(/undefined|null|NaN|Scanned in/);
        },
    );

    it("tells each doubt in a sentence", async () => {
        expect(await text("apu-512mb.json")).toContain("In doubt: 0.5 GB of graphics memory was read.");
        expect(await text("container-8gb.json")).toContain("In doubt: A container limits memory to 8 GB of 256 GB.");
        expect(await text("unknown-card.json")).toContain("How fast graphics memory reads is not known.");
        expect(await text("laptop-8gb.json")).toContain("Graphics: none that the engine can use.");
    });

    it("prints the machine itself with --json", async () => {
        const machine = await load("apple-16gb.json");
        expect(Machine.parse(JSON.parse((await scan(machine, "--json")).join("\n")))).toEqual(machine);
    });

    it("sends no control characters to the terminal", async () => {
        const machine = await load("laptop-8gb.json");
        const name = { ...machine.cpu.name, value: "\u001b]0;owned\u0007CPU" };
        const lines = await scan({ ...machine, kind: "here", cpu: { ...machine.cpu, name } });
        expect(lines.join("")).not.toMatch(/\p{Cc}/u);
        expect(lines.at(-1)).toMatch(/^Scanned in 0 ms/);
    });
});
