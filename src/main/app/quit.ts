import type { App } from "electron";

/** What is still to be written takes milliseconds; a disk that hangs must not keep a program that was told to end. */
const LIMIT_MILLISECONDS = 10_000;

/** Holds the end of the program until `close` has kept everything, ten seconds at most. */
export function closeBeforeQuit(
    app: Pick<App, "on" | "exit">,
    close: () => Promise<void>,
    limitMilliseconds: number = LIMIT_MILLISECONDS,
): void {
    let isClosing = false;
    app.on("will-quit", (event) => {
        event.preventDefault();
        if (isClosing) return;
        isClosing = true;
        // exit, not quit: quit would come back here.
        const end = () => app.exit(0);
        const timer = setTimeout(end, limitMilliseconds);
        void close()
            .catch(() => undefined)
            .then(() => {
                clearTimeout(timer);
                end();
            });
    });
}
