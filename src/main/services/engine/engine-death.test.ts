import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import type { Turn } from "#shared/schema/chat.ts";
import { Failed, type Failure, type Phase } from "#shared/schema/failure.ts";
import { loadRequest, plainTemplates, silentLog } from "../../engine/real-engine.fixtures.ts";
import { spawnChild } from "../../host/spawn.ts";
import { createEngine, type Engine } from "./engine.ts";

/** 10 in `npm test`, 50 in `npm run bars`. */
const REPEATS = Number(process.env["HEARTH_BAR_REPEATS"] ?? 10);
const SEEN_MILLISECONDS = 1000;
/** Shorter than in the app and longer than three heartbeats. */
const DEADLINE_MILLISECONDS = 800;
const deadlines: Record<Phase, number> = {
    starting: 20_000,
    loading: DEADLINE_MILLISECONDS,
    reading: DEADLINE_MILLISECONDS,
    writing: DEADLINE_MILLISECONDS,
    idle: Number.POSITIVE_INFINITY,
};
const faults = ["SIGKILL", "SIGSEGV", "SIGABRT", "EXIT0", "SIGSTOP"] as const;

const entry = fileURLToPath(new URL("../../engine/scripted-engine.fixtures.ts", import.meta.url));
const ask = (text: string): Turn[] => [{ role: "user", text }];
const quiet = { signal: new AbortController().signal, onEvent: () => undefined };

const engines: Engine[] = [];
/** A scripted engine; its clock stands still until it is moved. */
function createScripted({ entryFile = entry, stopLimit = 5000 } = {}) {
    let time = 0;
    const pids: number[] = [];
    const engine = createEngine({
        spawn: () => {
            const child = spawnChild(entryFile);
            if (child.pid !== undefined) pids.push(child.pid);
            return child;
        },
        templates: plainTemplates,
        log: silentLog,
        now: () => time,
        deadlines,
        stopLimit,
    });
    engines.push(engine);
    return { engine, pids, waitThreeMinutes: () => (time += 180_000) };
}
afterEach(async () => {
    await Promise.all(engines.splice(0).map((engine) => engine.close()));
});

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
    const error: unknown = await promise.then(
        () => "nothing failed",
        (reason: unknown) => reason,
    );
    if (error instanceof Failed) return error.failure;
    throw new Error(`expected a Failed, got ${String(error)}`);
}
function isAlive(pid: number): boolean {
    try {
        return process.kill(pid, 0);
    } catch {
        return false;
    }
}

/** What a fault looks like where memory did not run out; only Linux says that it did not. */
const killed = process.platform === "linux" ? "outside" : "unknown";
const reasonOf = { SIGKILL: killed, SIGSEGV: "crash", SIGABRT: "assertion", EXIT0: "unknown" } as const;

describe("B31: an engine that dies", () => {
    it(`in the middle of an answer, ${REPEATS} times: seen, with its cause, and the next message works`, async () => {
        const { engine, pids, waitThreeMinutes } = createScripted();
        for (let turn = 0; turn < REPEATS; turn++) {
            const fault = faults[turn % faults.length] ?? "SIGKILL";
            await engine.load(loadRequest("/m/fine.gguf"));
            let text = "";
            let heardAt = 0;
            const failure = await failureOf(
                engine.generate(ask(`writing ${fault}`), {
                    ...quiet,
                    onEvent: (event) => {
                        heardAt = performance.now();
                        if (event.kind === "text") text += event.text;
                    },
                }),
            );
            const milliseconds = performance.now() - heardAt;
            expect(text).toBe("half an ");
            expect(milliseconds).toBeLessThan(SEEN_MILLISECONDS + (fault === "SIGSTOP" ? DEADLINE_MILLISECONDS : 0));
            const cause =
                fault === "SIGSTOP"
                    ? { kind: "silent", phase: "writing" }
                    : fault === "EXIT0"
                      ? { kind: "ended", exitCode: 0, signal: null, reason: "unknown" }
                      : { kind: "ended", exitCode: null, signal: fault, reason: reasonOf[fault] };
            expect(failure).toMatchObject({ code: "ENGINE_DIED", data: { cause, phase: "writing", deathsInARow: 1 } });
            expect(engine.state()).toMatchObject({ phase: "stopped", failure: { code: "ENGINE_DIED" } });
            await engine.load(loadRequest("/m/fine.gguf"));
            await expect(engine.generate(ask("hello"), quiet)).resolves.toMatchObject({ stopReason: "end" });
            waitThreeMinutes();
        }
        // One life is left: none of the others stayed behind.
        expect(pids.filter(isAlive)).toHaveLength(1);
    });

    it.each(faults)("by %s while it loads or reads", async (fault) => {
        const { engine } = createScripted();
        const loading = await failureOf(engine.load(loadRequest(`/m/${fault}.gguf`)));
        expect(loading).toMatchObject({ code: "ENGINE_DIED", data: { phase: "loading" } });
        await engine.load(loadRequest("/m/fine.gguf"));
        const reading = await failureOf(engine.generate(ask(`reading ${fault}`), quiet));
        expect(reading).toMatchObject({ code: "ENGINE_DIED", data: { phase: "reading" } });
        await expect(engine.load(loadRequest("/m/fine.gguf"))).resolves.toMatchObject({ phase: "idle", failure: null });
    });

    it("while it is idle: known at once, and a stopped one by its deadline", async () => {
        const { engine, pids } = createScripted();
        await engine.load(loadRequest("/m/fine.gguf"));
        const stopped = Promise.withResolvers<void>();
        const unsubscribe = engine.subscribe(({ phase }) => phase === "stopped" && stopped.resolve());
        process.kill(pids[0] ?? Number.NaN, "SIGKILL");
        await stopped.promise;
        unsubscribe();
        expect(engine.state()).toMatchObject({ phase: "stopped", failure: { code: "ENGINE_DIED" } });
        await engine.load(loadRequest("/m/fine.gguf"));
        process.kill(pids[1] ?? Number.NaN, "SIGSTOP");
        const failure = await failureOf(engine.generate(ask("hello"), quiet));
        expect(failure).toMatchObject({ code: "ENGINE_DIED", data: { cause: { kind: "silent" } } });
    });

    it("before it has shaken hands", async () => {
        const { engine } = createScripted({ entryFile: "/nowhere/engine.js" });
        const failure = await failureOf(engine.load(loadRequest("/m/fine.gguf")));
        expect(failure).toMatchObject({ code: "ENGINE_DIED", data: { phase: "starting", cause: { exitCode: 1 } } });
    });

    it("is not one that loads slowly but goes on", async () => {
        const { engine } = createScripted();
        const begun = performance.now();
        await expect(engine.load(loadRequest("/m/slow.gguf"))).resolves.toMatchObject({ phase: "idle" });
        expect(performance.now() - begun).toBeGreaterThan(DEADLINE_MILLISECONDS);
    });
});

it("gives up after three deaths in two minutes, until smaller settings are asked for", async () => {
    const { engine, pids } = createScripted();
    const request = loadRequest("/m/fine.gguf", { contextTokens: 8192 });
    const offered = { step: "shorter-context", settings: { ...request.settings, contextTokens: 4096 } };
    const gaveUp = { code: "ENGINE_GAVE_UP", data: { deaths: 3, smaller: offered } };
    for (let death = 1; death <= 3; death++) {
        await engine.load(request);
        const failure = await failureOf(engine.generate(ask("writing SIGKILL"), quiet));
        if (death < 3) expect(failure).toMatchObject({ code: "ENGINE_DIED", data: { deathsInARow: death } });
        else expect(failure).toEqual(gaveUp);
    }
    expect(engine.state()).toMatchObject({ phase: "stopped", failure: gaveUp });
    expect(await failureOf(engine.load(request))).toEqual(gaveUp);
    expect(pids).toHaveLength(3);
    const smaller = loadRequest("/m/fine.gguf", { contextTokens: 4096 });
    await expect(engine.load(smaller)).resolves.toMatchObject({ phase: "idle", failure: null });
});

it("offers smaller settings after three deaths while loading too, and another model is another matter", async () => {
    const { engine } = createScripted();
    const request = loadRequest("/m/SIGKILL.gguf", { contextTokens: 8192, gpuLayers: 3 });
    for (let death = 1; death <= 3; death++) await failureOf(engine.load(request));
    const smaller = { step: "fewer-gpu-layers", settings: { ...request.settings, gpuLayers: 1 } };
    const gaveUp = { code: "ENGINE_GAVE_UP", data: { deaths: 3, smaller } };
    expect(engine.state()).toMatchObject({ phase: "stopped", failure: gaveUp });
    expect(await failureOf(engine.load(request))).toEqual(gaveUp);
    await expect(engine.load(loadRequest("/m/fine.gguf", { contextTokens: 8192 }))).resolves.toMatchObject({
        phase: "idle",
    });
});

it("runs without graphics in a process of its own where no layer is on the card", async () => {
    const { engine, pids } = createScripted();
    await engine.load(loadRequest("/m/a.gguf", { gpuLayers: 3 }));
    await engine.load(loadRequest("/m/b.gguf", { gpuLayers: 1 }));
    expect(pids).toHaveLength(1);
    await engine.load(loadRequest("/m/a.gguf", { gpuLayers: 0 }));
    await engine.load(loadRequest("/m/b.gguf", { gpuLayers: 0 }));
    expect(pids).toHaveLength(2);
    expect(engine.state()).toMatchObject({ phase: "idle", failure: null, model: { name: "b.gguf" } });
    expect(pids.filter(isAlive)).toHaveLength(1);
});

it("ends an engine that does not heed a stop", async () => {
    const { engine } = createScripted({ stopLimit: 100 });
    await engine.load(loadRequest("/m/fine.gguf"));
    const stopping = new AbortController();
    const onEvent = ({ kind }: { kind: string }) => kind === "text" && stopping.abort();
    const failure = await failureOf(engine.generate(ask("deaf"), { signal: stopping.signal, onEvent }));
    expect(failure).toMatchObject({ code: "ENGINE_DIED", data: { cause: { kind: "silent", milliseconds: 100 } } });
});

it("leaves out graphics whose driver takes the engine down", async () => {
    const { engine, pids } = createScripted();
    await expect(engine.readBackends()).resolves.toMatchObject({ backend: null, engineBuild: "scripted" });
    expect(pids).toHaveLength(2);
    // Neither counts as a death of the engine that answers.
    expect(engine.state()).toMatchObject({ phase: "none", failure: null });
});

it("lets the engine go without a death when it is closed or unloaded", async () => {
    const { engine, pids } = createScripted();
    await engine.load(loadRequest("/m/fine.gguf"));
    const writing = failureOf(engine.generate(ask("deaf"), quiet));
    await engine.close();
    expect(await writing).toMatchObject({ code: "ENGINE_DIED", data: { cause: { kind: "asked" } } });
    expect(pids.filter(isAlive)).toEqual([]);
});
