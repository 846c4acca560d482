import type { Page } from "@playwright/test";

/**
 * Counts what the reader does on a page: presses (a pointer press, or Enter or Space on a control), as the issue on the
 * first answer defines a click. Typing is no press.
 */
export async function countPresses(page: Page): Promise<() => Promise<number>> {
    await page.addInitScript(() => {
        let presses = 0;
        Reflect.set(window, "readPresses", () => presses);
        addEventListener("pointerdown", () => (presses += 1), true);
        addEventListener(
            "keydown",
            (event) => {
                const isControl =
                    event.target instanceof Element && event.target.closest("button, a, [role=button]") !== null;
                const isSending =
                    event.target instanceof HTMLTextAreaElement && event.key === "Enter" && !event.shiftKey;
                if ((isControl && (event.key === "Enter" || event.key === " ")) || isSending) presses += 1;
            },
            true,
        );
    });
    return () => page.evaluate(() => (Reflect.get(window, "readPresses") as () => number)());
}
