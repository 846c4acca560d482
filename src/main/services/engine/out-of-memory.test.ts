import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { countOutOfMemoryKills, watchOutOfMemoryKills } from "./out-of-memory.ts";

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(path.join(os.tmpdir(), "hearth-oom-"))));
afterEach(() => rm(folder, { recursive: true }));

async function at(files: Record<string, string>) {
    for (const [file, text] of Object.entries(files)) {
        await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
        await writeFile(path.join(folder, file), text);
    }
    const place = (file: string) => path.join(folder, file);
    return { root: place("tree"), ownGroups: place("own"), vmstat: place("vmstat") };
}
const vmstat = "pgfault 9\noom_kill 7\n";

it("reads the own control group of version 2", async () => {
    const events = "low 0\nhigh 0\nmax 4\noom 2\noom_kill 2\noom_group_kill 0\n";
    expect(countOutOfMemoryKills(await at({ own: "0::/app\n", "tree/app/memory.events": events, vmstat }))).toBe(2);
});

it("reads the own control group of version 1", async () => {
    const control = "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n";
    const files = { own: "4:memory:/x/y\n0::/\n", "tree/memory/x/y/memory.oom_control": control, vmstat };
    expect(countOutOfMemoryKills(await at(files))).toBe(3);
});

it("reads the whole system's count without a group, and none elsewhere", async () => {
    expect(countOutOfMemoryKills(await at({ vmstat }))).toBe(7);
    expect(countOutOfMemoryKills(await at({ vmstat: "pgfault 9\n" }))).toBeNull();
});

it("counts from when it began to watch", () => {
    let kills: number | null = 5;
    const since = watchOutOfMemoryKills(() => kills);
    expect(since()).toBe(0);
    kills = 6;
    expect(since()).toBe(1);
    kills = null;
    expect(since()).toBeNull();
});
