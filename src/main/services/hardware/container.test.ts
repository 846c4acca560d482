import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
    groupsUpwards,
    joinLevels,
    parseCpuMax,
    parseFilePages,
    parseLimit,
    parseOwnGroup,
    readContainerLimits,
} from "./container.ts";

const GiB = 2 ** 30;

describe("control group texts", () => {
    it.each([
        ["max", null],
        [null, null],
        ["", null],
        ["0", null],
        ["-1", null],
        ["nonsense", null],
        ["9223372036854771712", null],
        ["8589934592", 8 * GiB],
    ])("memory limit %j is %j", (text, limit) => expect(parseLimit(text)).toBe(limit));

    it.each([
        ["max 100000", null],
        [null, null],
        ["", null],
        ["-1 100000", null],
        ["100000 0", null],
        ["null null", null],
        ["200000 100000", 2],
        ["50000 100000", 0.5],
    ])("processor limit %j is %j", (text, limit) => expect(parseCpuMax(text)).toBe(limit));

    it("counts file pages that the kernel takes back, in either version's words", () => {
        expect(parseFilePages("anon 5\ninactive_file 123\nactive_file 7")).toBe(130);
        const both = "inactive_file 1\nactive_file 2\ntotal_inactive_file 123\ntotal_active_file 4";
        expect(parseFilePages(both)).toBe(127);
        expect(parseFilePages(null)).toBe(0);
    });

    it("finds the own group of each version", () => {
        const text = "9:name=systemd:/\n4:memory:/a/b\n1:cpu,cpuacct:/c:d\n0::/user.slice/x";
        expect(parseOwnGroup(text, "")).toBe("/user.slice/x");
        expect(parseOwnGroup(text, "memory")).toBe("/a/b");
        expect(parseOwnGroup(text, "cpu")).toBe("/c:d");
        expect(parseOwnGroup("", "memory")).toBe("/");
    });

    it("goes upwards to the root, and never out of it", () => {
        expect(groupsUpwards("/a/b")).toEqual(["a/b", "a", ""]);
        expect(groupsUpwards("/")).toEqual([""]);
        expect(groupsUpwards("/../../etc")).toEqual(["etc", ""]);
    });

    it("takes the tightest limit of all levels, with the use of that level", () => {
        const levels = [
            { limit: `${8 * GiB}`, usage: "100", stat: null, cpu: "400000 100000" },
            {
                limit: `${4 * GiB}`,
                usage: `${3 * GiB}`,
                stat: `inactive_file ${GiB / 4}\nactive_file ${(GiB * 3) / 4}`,
                cpu: "150000 100000",
            },
            { limit: "max", usage: null, stat: null, cpu: null },
        ];
        expect(joinLevels(levels)).toEqual({ memoryLimitBytes: 4 * GiB, memoryUsedBytes: 2 * GiB, cpuLimit: 1.5 });
    });
});

describe("readContainerLimits", () => {
    let root: string;
    const put = async (file: string, text: string) => {
        await mkdir(path.dirname(path.join(root, file)), { recursive: true });
        await writeFile(path.join(root, file), text);
    };
    beforeAll(async () => {
        root = await mkdtemp(path.join(os.tmpdir(), "hearth-cgroup-"));
        await put("v2/own", "0::/app\n");
        await put("v2/tree/app/memory.max", "max\n");
        await put("v2/tree/app/cpu.max", "max 100000\n");
        await put("v2/tree/memory.max", `${2 * GiB}\n`);
        await put("v2/tree/memory.current", `${GiB}\n`);
        await put("v2/tree/memory.stat", `inactive_file ${GiB / 2}\n`);
        await put("v2/tree/cpu.max", "150000 100000\n");
        await put("v1/own", "4:memory:/docker/x\n1:cpu,cpuacct:/docker/x\n");
        await put("v1/tree/memory/docker/x/memory.limit_in_bytes", `${GiB}\n`);
        await put("v1/tree/memory/docker/x/memory.usage_in_bytes", "1000\n");
        await put("v1/tree/memory/memory.limit_in_bytes", "9223372036854771712\n");
        await put("v1/tree/cpu/docker/x/cpu.cfs_quota_us", "50000\n");
        await put("v1/tree/cpu/docker/x/cpu.cfs_period_us", "100000\n");
    });
    afterAll(() => rm(root, { recursive: true }));

    const at = (version: string) => ({
        root: path.join(root, version, "tree"),
        ownGroups: path.join(root, version, "own"),
    });
    it("reads version 2, a limit above the own group included", async () =>
        expect(await readContainerLimits(at("v2"))).toEqual({
            memoryLimitBytes: 2 * GiB,
            memoryUsedBytes: GiB / 2,
            cpuLimit: 1.5,
        }));
    it("reads version 1", async () =>
        expect(await readContainerLimits(at("v1"))).toEqual({
            memoryLimitBytes: GiB,
            memoryUsedBytes: 1000,
            cpuLimit: 0.5,
        }));
    it("knows of none where there are no control groups", async () =>
        expect(await readContainerLimits(at("nowhere"))).toEqual({
            memoryLimitBytes: null,
            memoryUsedBytes: null,
            cpuLimit: null,
        }));
});
