/** Only one transcript is open at a time. */
export const TRANSCRIPT_ID = "transcript";

const find = (selector: string): HTMLElement[] => [
    ...(document.getElementById(TRANSCRIPT_ID)?.querySelectorAll<HTMLElement>(selector) ?? []),
];

/** Moves the focus to the message before or after the focused one; from elsewhere, to the newest. */
export function focusMessage(step: 1 | -1): void {
    const messages = find("article");
    const current = messages.findIndex((message) => message.contains(document.activeElement));
    const next = current === -1 ? messages.length - 1 : Math.min(Math.max(current + step, 0), messages.length - 1);
    messages[next]?.focus();
}

/** As if the button under the last answer were pressed, which then says whether it worked. */
export const pressLastCopy = (): void => find("[data-copy]").at(-1)?.click();
