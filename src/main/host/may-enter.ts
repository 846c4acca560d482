/** The parts of a request that decide whether it may enter. */
export type Knock = {
    host: string | undefined;
    origin: string | undefined;
    fetchSite: string | undefined;
    fetchMode: string | undefined;
};

/** The exact Host values of this server; anything else is DNS rebinding or a mistake. */
const names = ["127.0.0.1", "localhost", "[::1]"];
export const allowedHosts = (port: number): string[] => names.map((name) => `${name}:${port}`);

/**
 * Loopback is no border: exact Host, exact Origin (where there is one, and always for a socket), and no request that
 * another site's page caused. Each alone is enough to refuse; the session comes on top. Only a one-time link ("enter")
 * may be followed from another page, such as a terminal in a browser.
 */
export function mayEnter(
    { host, origin, fetchSite, fetchMode }: Knock,
    port: number,
    kind: "page" | "enter" | "socket",
): { status: 421 | 403 } | null {
    if (host === undefined || !allowedHosts(port).includes(host)) return { status: 421 };
    if (origin !== undefined && origin !== `http://${host}`) return { status: 403 };
    if (kind === "socket" && origin === undefined) return { status: 403 };
    const isOwn = fetchSite === undefined || fetchSite === "same-origin" || fetchSite === "none";
    if (!isOwn && !(kind === "enter" && fetchMode === "navigate")) return { status: 403 };
    return null;
}
