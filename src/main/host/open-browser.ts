import { execFile } from "node:child_process";

/** True where no browser can be shown: a Linux without a display, or a shell over SSH. */
export const isHeadless = (env: NodeJS.ProcessEnv = process.env): boolean =>
    env["SSH_CONNECTION"] !== undefined || (process.platform === "linux" && !env["DISPLAY"] && !env["WAYLAND_DISPLAY"]);

const openers: Partial<Record<NodeJS.Platform, string>> = { darwin: "open", win32: "explorer.exe" };

/** Opens the reader's browser, where there is one. The link is printed too, so a failure costs nothing. */
export function openBrowser(address: string, env: NodeJS.ProcessEnv = process.env): void {
    if (env["HEARTH_NO_OPEN"] || env["CI"] || isHeadless(env)) return;
    execFile(openers[process.platform] ?? "xdg-open", [address], () => undefined);
}
