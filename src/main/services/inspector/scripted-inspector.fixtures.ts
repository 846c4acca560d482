/** An inspector that does what a file's name says, over the real protocol: it hangs, dies, babbles or answers. */
import { type FromInspector, ToInspector } from "../../inspector/messages.ts";
import { openParentPort } from "../../parent-port.ts";

const port = openParentPort();

function receive(message: ToInspector): void {
    const { request } = message;
    const answer = (fault: "stopped" | "empty"): FromInspector => ({
        kind: "inspected",
        request,
        inspection: { verdict: "refused", fault, detail: String(process.pid), missingBytes: null, milliseconds: 1 },
    });
    if (message.kind === "stop") return port.postMessage(answer("stopped"));
    if (message.filePath.includes("wait")) return;
    // Not even its messages are read any more.
    if (message.filePath.includes("hang")) for (;;);
    if (message.filePath.includes("die")) process.kill(process.pid, "SIGKILL");
    if (message.filePath.includes("babble")) port.postMessage({ kind: "inspected", request: "first", inspection: 7 });
    return port.postMessage(answer("empty"));
}

port.on("message", ({ data }) => receive(ToInspector.parse(data)));
