import type { Port } from "./shell.ts";

type ElectronPort = Port & { start?: () => void };

/** The way to the host: Electron's parent port in a utility process, the IPC channel of a forked child elsewhere. */
export function openParentPort(): Port {
    const electronPort: unknown = Reflect.get(process, "parentPort");
    if (isElectronPort(electronPort)) return electronPort;
    // A host that is gone leaves nothing to work for.
    process.on("disconnect", () => process.exit(0));
    return {
        postMessage: (message) => void process.send?.(message),
        on: (_event, listener) => void process.on("message", (data) => listener({ data })),
    };
}

function isElectronPort(value: unknown): value is ElectronPort {
    return typeof value === "object" && value !== null && "postMessage" in value;
}
