import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { spawnChild } from "../../host/spawn.ts";
import { writeGguf } from "../../inspector/gguf-writer.fixtures.ts";
import { malformedHeaders, smallModel } from "../../inspector/malformed.fixtures.ts";
import type { ChildProcess } from "../../shell.ts";
import { createInspector, type Inspector } from "./inspector.ts";

const entryOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const real = entryOf("../../inspector/main.ts");
const scripted = entryOf("scripted-inspector.fixtures.ts");

const open: Inspector[] = [];
function create(entry: string, spawn: () => ChildProcess = () => spawnChild(entry)) {
    const children: ChildProcess[] = [];
    const warnings: string[] = [];
    const inspector = createInspector({
        spawn: () => {
            const child = spawn();
            children.push(child);
            return child;
        },
        log: { info: () => undefined, warn: (event) => void warnings.push(event) },
    });
    open.push(inspector);
    return { inspector, children, warnings };
}
afterEach(() => {
    for (const inspector of open.splice(0)) inspector.close();
});

describe("the real inspector process", () => {
    test("reads whole and broken files one after the other in one process, and stays small", async () => {
        const folder = await mkdtemp(path.join(os.tmpdir(), "hearth-inspector-service-"));
        try {
            const { inspector, children } = create(real);
            const whole = path.join(folder, "whole.gguf");
            await writeFile(whole, writeGguf(smallModel()));
            expect(await inspector.inspect(whole)).toMatchObject({ verdict: "ok", header: { architecture: "llama" } });
            const lies = malformedHeaders(3, 80);
            const verdicts = await Promise.all(
                lies.map(async ({ name, bytes }) => {
                    const file = path.join(folder, `${name}.gguf`);
                    await writeFile(file, bytes);
                    return (await inspector.inspect(file)).verdict;
                }),
            );
            expect(verdicts).toEqual(lies.map(() => "refused"));
            expect((await inspector.inspect(whole)).verdict).toBe("ok");
            expect(children).toHaveLength(1);
        } finally {
            await rm(folder, { recursive: true, force: true });
        }
    });

    test("names a file that is not there", async () => {
        const { inspector } = create(real);
        expect(await inspector.inspect("/nowhere/at all.gguf")).toMatchObject({
            fault: "unreadable",
            detail: "ENOENT",
        });
    });
});

describe("an inspector that misbehaves", () => {
    test("a hang ends after two seconds with an answer, the process with it, and the next file works in a new one", async () => {
        const { inspector, children, warnings } = create(scripted);
        expect(await inspector.inspect("/a/fine.gguf")).toMatchObject({ fault: "empty" });
        const begun = performance.now();
        const [hung, next] = await Promise.all([inspector.inspect("/a/hang.gguf"), inspector.inspect("/a/fine.gguf")]);
        expect(hung).toMatchObject({ verdict: "refused", fault: "too-slow" });
        expect(next).toMatchObject({ fault: "empty", detail: String(children[1]?.pid) });
        expect(performance.now() - begun).toBeGreaterThan(1900);
        expect(await children[0]?.exited).toMatchObject({ signal: "SIGKILL" });
        expect(warnings).toEqual(["inspector.late"]);
    });

    test("a death is answered at once, and the next file works in a new process", async () => {
        const { inspector, children } = create(scripted);
        const begun = performance.now();
        expect(await inspector.inspect("/a/die.gguf")).toMatchObject({ verdict: "refused", fault: "too-slow" });
        expect(performance.now() - begun).toBeLessThan(4000);
        expect(await inspector.inspect("/a/fine.gguf")).toMatchObject({ fault: "empty" });
        expect(children).toHaveLength(2);
    });

    test("what is no message of ours is not heard", async () => {
        const { inspector } = create(scripted);
        expect(await inspector.inspect("/a/babble.gguf")).toMatchObject({ fault: "empty" });
    });

    test("a stop reaches the process, and one that came before the start saves it the work", async () => {
        const { inspector, children } = create(scripted);
        await inspector.inspect("/a/fine.gguf");
        const controller = new AbortController();
        const waiting = inspector.inspect("/a/wait.gguf", { signal: controller.signal });
        const queued = inspector.inspect("/a/hang.gguf", { signal: controller.signal });
        await new Promise((resolve) => setImmediate(resolve));
        controller.abort();
        expect(await waiting).toMatchObject({ fault: "stopped" });
        expect(await queued).toMatchObject({ fault: "stopped" });
        expect(children).toHaveLength(1);
    });

    test("closing answers what is under way", async () => {
        const { inspector } = create(scripted);
        await inspector.inspect("/a/fine.gguf");
        const begun = performance.now();
        const waiting = inspector.inspect("/a/wait.gguf");
        await new Promise((resolve) => setImmediate(resolve));
        inspector.close();
        expect(await waiting).toMatchObject({ verdict: "refused" });
        expect(performance.now() - begun).toBeLessThan(1500);
    });

    test("a process that cannot be started fails one file, not all that follow", async () => {
        let starts = 0;
        const { inspector } = create(scripted, () => {
            starts++;
            if (starts === 1) throw new Error("EAGAIN");
            return spawnChild(scripted);
        });
        expect(await inspector.inspect("/a/fine.gguf")).toMatchObject({ verdict: "refused" });
        expect(await inspector.inspect("/a/fine.gguf")).toMatchObject({ fault: "empty" });
    });
});
