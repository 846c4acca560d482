import { fork } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { FromEngine } from "./messages.ts";

it("dies with its host, and before it when memory runs out", async () => {
    const entry = fileURLToPath(new URL("main.ts", import.meta.url));
    const engine = fork(entry, { serialization: "advanced", execArgv: [], silent: true });
    const exited = once(engine, "exit");
    const ready = Promise.withResolvers<void>();
    engine.on("message", (data) => FromEngine.parse(data).kind === "ready" && ready.resolve());
    await ready.promise;
    if (process.platform === "linux")
        expect((await readFile(`/proc/${engine.pid}/oom_score_adj`, "utf8")).trim()).toBe("500");
    engine.disconnect();
    expect(await exited).toEqual([0, null]);
});
