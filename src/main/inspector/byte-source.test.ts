import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { type RangeFetch, rangeSource } from "./byte-source.ts";
import { writeGguf } from "./gguf-writer.fixtures.ts";
import { inspectSource } from "./inspect-source.ts";
import { smallModel } from "./malformed.fixtures.ts";

const whole = writeGguf(smallModel());
let closeServer = () => Promise.resolve();
afterEach(() => closeServer());

/** A server on this computer, and the fetch that asks it. */
async function serve(listener: RequestListener): Promise<RangeFetch> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closeServer = async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
    };
    const { port } = server.address() as AddressInfo;
    return async (init) => fetch(`http://127.0.0.1:${port}/model.gguf`, init);
}

const answerRange =
    (
        change: (range: { first: number; last: number }) => { first: number; last: number; size?: number },
    ): RequestListener =>
    (request, response) => {
        const [, first = "0", last = "0"] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "") ?? [];
        const sent = change({ first: Number(first), last: Number(last) });
        response.writeHead(206, {
            "content-range": `bytes ${sent.first}-${sent.last}/${sent.size ?? whole.byteLength}`,
        });
        response.end(whole.subarray(sent.first, sent.last + 1));
    };

test("a remote header is read by ranges and says the same as the file", async () => {
    const fetchRange = await serve(answerRange((range) => range));
    const inspection = await inspectSource(rangeSource(whole.byteLength, fetchRange));
    expect(inspection).toMatchObject({ verdict: "ok", header: { fileBytes: whole.byteLength, architecture: "llama" } });
});

test.each<[string, RequestListener]>([
    ["the whole file for a range", (_, response) => void response.writeHead(200).end(whole)],
    ["another range", answerRange(({ first, last }) => ({ first: first + 1, last: last + 1 }))],
    ["another size: the file changed", answerRange((range) => ({ ...range, size: whole.byteLength + 1 }))],
    ["an error", (_, response) => void response.writeHead(416).end()],
    [
        "more than was asked for",
        (request, response) => {
            const [, first, last] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "") ?? [];
            response.writeHead(206, { "content-range": `bytes ${first}-${last}/${whole.byteLength}` });
            response.end(Buffer.alloc(2 ** 20));
        },
    ],
])("a server that sends %s is refused", async (_, listener) => {
    const inspection = await inspectSource(rangeSource(whole.byteLength, await serve(listener)));
    expect(inspection).toMatchObject({ verdict: "refused", fault: "unreadable" });
});

test("a server that says nothing is left when asked to stop", async () => {
    const controller = new AbortController();
    const fetchRange = await serve(() => controller.abort());
    const inspection = await inspectSource(rangeSource(whole.byteLength, fetchRange), controller.signal);
    expect(inspection).toMatchObject({ verdict: "refused", fault: "stopped" });
});
