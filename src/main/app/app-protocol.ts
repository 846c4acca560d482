import { net, protocol } from "electron";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { CONTENT_POLICY } from "../content-policy.ts";
import { APP_SCHEME } from "./origin.ts";

/** Before Electron is ready: our scheme is standard and secure, and may do nothing more. */
export function declareScheme(): void {
    protocol.registerSchemesAsPrivileged([
        { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
}

/** The file that an address means; null for anything outside the bundle. */
export function resolveInBundle(folder: string, address: string): string | null {
    const { host, pathname } = new URL(address);
    const wanted = decode(pathname);
    if (host !== "bundle" || wanted === null) return null;
    const relative = path.normalize(wanted).replace(/^[/\\]+/, "");
    const file = path.resolve(folder, relative === "" ? "index.html" : relative);
    return file.startsWith(path.resolve(folder) + path.sep) ? file : null;
}

function decode(pathname: string): string | null {
    try {
        const decoded = decodeURIComponent(pathname);
        return decoded.includes("\0") ? null : decoded;
    } catch {
        return null;
    }
}

/** Serves the built window, and only that, with the policy as a header. */
export function serveBundle(folder: string): void {
    protocol.handle(APP_SCHEME, async (request) => {
        const file = resolveInBundle(folder, request.url);
        if (file === null) return new Response("Not here", { status: 404 });
        const found = await net.fetch(pathToFileURL(file).href).catch(() => null);
        if (!found) return new Response("Not here", { status: 404 });
        const headers = new Headers(found.headers);
        headers.set("content-security-policy", CONTENT_POLICY);
        headers.set("x-content-type-options", "nosniff");
        return new Response(found.body, { status: found.status, headers });
    });
}
