export type Address = { href: string; host: string };

/**
 * The true address of a link a model wrote, in the form the browser would use: host in punycode, odd characters
 * escaped. Undefined for every scheme but http and https, and for relative links, which would point into the app.
 */
export function toAddress(href: unknown): Address | undefined {
    if (typeof href !== "string" || !URL.canParse(href)) return undefined;
    const url = new URL(href);
    const isWeb = url.protocol === "https:" || url.protocol === "http:";
    return isWeb && url.host !== "" ? { href: url.href, host: url.host } : undefined;
}
