import type { WebContents } from "electron";

const DEATHS_ALLOWED = 3;
const WITHIN_MILLISECONDS = 2 * 60_000;

/**
 * A page that died comes back; drafts and the running answer belong to the host and are there again. `giveUp` is called
 * after three deaths in two minutes, where one more try would only flicker.
 */
export function recoverPage(
    contents: Pick<WebContents, "on" | "reload">,
    giveUp: () => void,
    now: () => number = () => performance.now(),
): void {
    let deaths: number[] = [];
    contents.on("render-process-gone", (_event, { reason }) => {
        if (reason === "clean-exit") return;
        deaths = [...deaths.filter((at) => now() - at < WITHIN_MILLISECONDS), now()];
        if (deaths.length >= DEATHS_ALLOWED) giveUp();
        else contents.reload();
    });
}
