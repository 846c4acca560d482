import { openParentPort } from "../parent-port.ts";
import { inspectFile } from "./inspect-source.ts";
import { type FromInspector, ToInspector } from "./messages.ts";

const port = openParentPort();
const running = new Map<number, AbortController>();
let queue = Promise.resolve();

/** One header at a time, so that memory stays within its bound; a stop overtakes what it stops. */
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
    queue = queue.then(async () => {
        const inspection = await inspectFile(message.filePath, controller.signal);
        running.delete(message.request);
        port.postMessage({ kind: "inspected", request: message.request, inspection } satisfies FromInspector);
    });
});
