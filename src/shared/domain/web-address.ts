/** Longest address the system is handed, in characters; below the 2,081 that Windows takes (Electron, shell.openExternal). */
const LONGEST_ADDRESS = 2048;

/**
 * True for an address that may be opened in the reader's browser: http or https, a host, no name or password in front of
 * it (they make one host look like another), not over-long. Takes the form that URL.href gives, and only that: there
 * the host is in punycode and no odd character is left.
 */
export const isWebAddress = (href: string): boolean =>
    href.length <= LONGEST_ADDRESS && /^https?:\/\/[^/?#@\\\s]+\//.test(href);
