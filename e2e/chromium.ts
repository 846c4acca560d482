import { existsSync } from "node:fs";

const debian = "/usr/bin/chromium";

/**
 * Debian's Chromium where it is installed (no machine of ours can fetch Playwright's own), else Playwright's. The
 * background flags keep the browser itself from looking up its maker's hosts, so that B15 counts only our traffic.
 */
export const chromium = {
    ...(existsSync(debian) ? { executablePath: debian } : {}),
    args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ],
};
