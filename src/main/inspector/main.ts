import { openParentPort } from "../parent-port.ts";
import { inspectFile } from "./inspect-source.ts";
import { type FromInspector, ToInspector } from "./messages.ts";
import { createRenderer } from "./template/renderer.ts";

const port = openParentPort();
const post = (message: FromInspector) => port.postMessage(message);
const running = new Map<number, AbortController>();
const render = createRenderer();
let queue = Promise.resolve();

async function answer(message: Exclude<ToInspector, { kind: "stop" }>, signal: AbortSignal): Promise<void> {
    const { request, filePath } = message;
    if (message.kind === "inspect") {
        post({ kind: "inspected", request, inspection: await inspectFile(filePath, signal) });
        return;
    }
    const rendering = await render(message, (fallback) => post({ kind: "begun", request, fallback }));
    post({ kind: "rendered", request, rendering });
}

/** One file at a time, so that memory stays within its bound; a stop overtakes what it stops. */
port.on("message", ({ data }) => {
    const parsed = ToInspector.safeParse(data);
    if (!parsed.success) return;
    const message = parsed.data;
    if (message.kind === "stop") {
        running.get(message.request)?.abort();
        return;
    }
    const controller = new AbortController();
    running.set(message.request, controller);
    queue = queue.then(() => answer(message, controller.signal)).finally(() => running.delete(message.request));
});
