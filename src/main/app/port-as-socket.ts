import type { MessageEvent, MessagePortMain } from "electron";
import type { WebSocket } from "ws";

type Carrier = Pick<WebSocket, "addEventListener" | "send">;
/** What is used of Electron's port, so that a test can bring another. */
export type CarryingPort = Pick<MessagePortMain, "postMessage"> & {
    on(event: "message", listener: (event: Pick<MessageEvent, "data">) => void): unknown;
    on(event: "close", listener: () => void): unknown;
};

const isFrame = (data: unknown): data is string | ArrayBuffer | Uint8Array =>
    typeof data === "string" || data instanceof ArrayBuffer || data instanceof Uint8Array;

/**
 * A port in the shape of a socket, for oRPC's socket handler. oRPC's own port handler turns a malformed message into an
 * unhandled rejection of the main process; the socket handler drops it, and both speak the same frames.
 */
export function portAsSocket(port: CarryingPort): Carrier {
    const addEventListener = (type: string, listener: (event: { data: unknown }) => void): void => {
        if (type === "message")
            port.on("message", ({ data }: { data: unknown }) => isFrame(data) && listener({ data }));
        if (type === "close") port.on("close", () => listener({ data: undefined }));
    };
    return { addEventListener, send: (data: unknown) => port.postMessage(data) } as Carrier;
}
