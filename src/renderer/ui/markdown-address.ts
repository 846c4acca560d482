import { isWebAddress } from "#shared/domain/web-address.ts";

export type Address = { href: string; host: string };

/**
 * The true address of a link a model wrote, in the form the browser would use: host in punycode, odd characters
 * escaped. Undefined for every scheme but http and https, for relative links, which would point into the app, and for what
 * the shell would refuse as well (a name before the host, for instance).
 */
export function toAddress(href: unknown): Address | undefined {
    if (typeof href !== "string" || !URL.canParse(href)) return undefined;
    const url = new URL(href);
    return isWebAddress(url.href) ? { href: url.href, host: url.host } : undefined;
}
